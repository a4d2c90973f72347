import django.db.models.deletion
import django.utils.timezone
import functools
import kit.languages
import kit.sealing
import secrets
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('events', '0001_initial'),
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AskMeAgain',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=functools.partial(secrets.token_urlsafe, *(16,), **{}), editable=False, max_length=32, unique=True)),
                ('link_version', models.PositiveIntegerField(default=1)),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='email address')),
                ('language', models.CharField(blank=True, default=kit.languages.current, max_length=12, verbose_name='language of emails')),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
                ('asked_at', models.DateTimeField(blank=True, null=True)),
                ('stopped_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'somebody to ask again',
                'verbose_name_plural': 'people to ask again',
            },
        ),
        migrations.CreateModel(
            name='HelperRole',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('notes', 'Take notes'), ('welcome', 'Welcome people'), ('tech', 'Look after the technology'), ('captions', 'Keep an eye on the captions'), ('timekeeper', 'Keep the time')], max_length=20)),
                ('wanted', models.PositiveSmallIntegerField(default=1, verbose_name='how many')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='helper_roles', to='events.event')),
            ],
            options={
                'verbose_name': 'role for helpers',
                'verbose_name_plural': 'roles for helpers',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Helper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=functools.partial(secrets.token_urlsafe, *(16,), **{}), editable=False, max_length=32, unique=True)),
                ('link_version', models.PositiveIntegerField(default=1)),
                ('email_confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('email', models.EmailField(max_length=254, verbose_name='email address')),
                ('language', models.CharField(blank=True, default=kit.languages.current, max_length=12, verbose_name='language of emails')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('values_accepted_at', models.DateTimeField(blank=True, null=True)),
                ('queued_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('state', models.CharField(choices=[('offered', 'Address not confirmed yet'), ('helping', 'Helps'), ('reserve', 'In reserve'), ('ended', 'No longer')], default='offered', max_length=20)),
                ('ended_because', models.CharField(blank=True, choices=[('stepped_down', 'Stepped down'), ('removed', 'No longer needed'), ('not_me', 'Was named by someone else')], max_length=20)),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('registration', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='events.registration')),
                ('values_version', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.guidingvalues')),
                ('role', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='helpers', to='breakouts.helperrole')),
            ],
            options={
                'verbose_name': 'helper',
                'verbose_name_plural': 'helpers',
            },
        ),
        migrations.CreateModel(
            name='Host',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=functools.partial(secrets.token_urlsafe, *(16,), **{}), editable=False, max_length=32, unique=True)),
                ('link_version', models.PositiveIntegerField(default=1)),
                ('email_confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('email', models.EmailField(max_length=254, verbose_name='email address')),
                ('language', models.CharField(blank=True, default=kit.languages.current, max_length=12, verbose_name='language of emails')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('values_accepted_at', models.DateTimeField(blank=True, null=True)),
                ('queued_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('state', models.CharField(choices=[('offered', 'Address not confirmed yet'), ('willing', 'Would step in'), ('named', 'Asked when you publish'), ('asked', 'Asked to host'), ('hosting', 'Hosts'), ('ended', 'No longer')], default='offered', max_length=20)),
                ('ended_because', models.CharField(blank=True, choices=[('stepped_down', 'Stepped down'), ('declined', 'Said no'), ('no_answer', 'Did not answer in time'), ('removed', 'The organisers took the room back'), ('topic_ended', 'The room does not take place'), ('not_me', 'Was named by someone else')], max_length=20)),
                ('is_co_host', models.BooleanField(default=False)),
                ('answer_by', models.DateTimeField(blank=True, null=True)),
                ('hosting_since', models.DateTimeField(blank=True, null=True)),
                ('support', models.TextField(blank=True, max_length=1000, verbose_name='what support is wanted')),
                ('invited_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='invited', to='breakouts.host')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('registration', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='events.registration')),
                ('values_version', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.guidingvalues')),
            ],
            options={
                'verbose_name': 'host',
                'verbose_name_plural': 'hosts',
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('asked', 'Waiting for an answer'), ('answered', 'Answered for everyone'), ('declined', 'Not answered in public')], default='asked', max_length=20)),
                ('text', models.TextField(max_length=600, verbose_name='your question')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('language', models.CharField(blank=True, max_length=12, verbose_name='language of emails')),
                ('answer', models.TextField(blank=True, max_length=2000, verbose_name='answer')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='events.event')),
            ],
            options={
                'verbose_name': 'question',
                'verbose_name_plural': 'questions',
                'ordering': ['asked_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seal_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('state', models.CharField(choices=[('new', 'Waiting for an address to be confirmed'), ('proposed', 'Waiting for the organisers'), ('change_wanted', 'The organisers ask for a change'), ('accepted', 'Accepted'), ('declined', 'Not this time'), ('merged', 'Joined with another topic'), ('withdrawn', 'Taken back'), ('folded', 'Does not take place')], default='new', max_length=20)),
                ('number', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='number of the room')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('why', models.TextField(blank=True, max_length=1000, verbose_name='what it is about, and why')),
                ('content_note', models.CharField(blank=True, max_length=300, verbose_name='content note')),
                ('hosting', models.CharField(choices=[('alone', 'I would host it'), ('with_co_host', 'I would host it together with somebody'), ('someone_else', 'I would rather someone else did')], default='someone_else', max_length=20)),
                ('support', models.TextField(blank=True, max_length=1000, verbose_name='what support is wanted')),
                ('answer', models.TextField(blank=True, max_length=2000, verbose_name='words to whoever proposed it')),
                ('prompts', models.TextField(blank=True, max_length=3000, verbose_name='questions to get going')),
                ('seats', models.PositiveIntegerField(blank=True, null=True, verbose_name='people in this room')),
                ('join_address', kit.sealing.SealedTextField(blank=True, default='', verbose_name='meeting address of this room')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='topics', to='events.event')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='merged', to='breakouts.topic')),
            ],
            options={
                'verbose_name': 'topic',
                'verbose_name_plural': 'topics',
            },
        ),
        migrations.CreateModel(
            name='TakeOut',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seal_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('words', kit.sealing.SealedTextField(blank=True, default='', verbose_name='what to take out')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('was_published', models.BooleanField(default=False)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('done_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='take_outs', to='events.event')),
                ('topic', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='take_outs', to='breakouts.topic')),
            ],
            options={
                'verbose_name': 'request to take something out',
                'verbose_name_plural': 'requests to take something out',
                'ordering': ['asked_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='RoomNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('came_up', models.TextField(blank=True, max_length=5000, verbose_name='what came up')),
                ('helped', models.TextField(blank=True, max_length=3000, verbose_name='what helped')),
                ('asks', models.TextField(blank=True, max_length=3000, verbose_name='what we ask for')),
                ('sentence', models.TextField(blank=True, max_length=300, verbose_name='one sentence for everyone')),
                ('version', models.PositiveIntegerField(default=0)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('helper', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='notes', to='breakouts.helper')),
                ('host', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='notes', to='breakouts.host')),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='breakouts.topic')),
            ],
            options={
                'verbose_name': 'notes of a room',
                'verbose_name_plural': 'notes of rooms',
                'ordering': ['created_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='RoomChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rank', models.PositiveSmallIntegerField(default=1)),
                ('chosen_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('registration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='room_choices', to='events.registration')),
                ('topic', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='choices', to='breakouts.topic')),
            ],
            options={
                'verbose_name': 'choice of a room',
                'verbose_name_plural': 'choices of rooms',
            },
        ),
        migrations.CreateModel(
            name='RecapPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('text', models.TextField(blank=True, max_length=8000, verbose_name='main points')),
                ('sentence', models.CharField(blank=True, max_length=300, verbose_name='one sentence')),
                ('is_checked', models.BooleanField(default=False)),
                ('changed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('topic', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='recap_part', to='breakouts.topic')),
            ],
            options={
                'verbose_name': 'recap of a room',
                'verbose_name_plural': 'recap of rooms',
            },
        ),
        migrations.CreateModel(
            name='Proposer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=functools.partial(secrets.token_urlsafe, *(16,), **{}), editable=False, max_length=32, unique=True)),
                ('link_version', models.PositiveIntegerField(default=1)),
                ('email_confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('email', models.EmailField(max_length=254, verbose_name='email address')),
                ('language', models.CharField(blank=True, default=kit.languages.current, max_length=12, verbose_name='language of emails')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('would_host', models.BooleanField(default=False)),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposers', to='breakouts.topic')),
            ],
            options={
                'verbose_name': 'proposer',
                'verbose_name_plural': 'proposers',
            },
        ),
        migrations.CreateModel(
            name='Placement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('placed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('registration', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='placement', to='events.registration')),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='placements', to='breakouts.topic')),
            ],
            options={
                'verbose_name': 'seat in a room',
                'verbose_name_plural': 'seats in rooms',
            },
        ),
        migrations.CreateModel(
            name='Material',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('file', models.FileField(upload_to='handouts')),
                ('description', models.TextField(blank=True, max_length=5000, verbose_name='the same in words')),
                ('warnings', models.JSONField(blank=True, default=list, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('host', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='breakouts.host')),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='materials', to='breakouts.topic')),
            ],
            options={
                'verbose_name': 'material',
                'verbose_name_plural': 'materials',
                'ordering': ['created_at', 'pk'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='host',
            name='topic',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hosts', to='breakouts.topic'),
        ),
        migrations.AddField(
            model_name='helper',
            name='topic',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='note_takers', to='breakouts.topic'),
        ),
        migrations.CreateModel(
            name='TopicStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('proposed', 'You proposed it.'), ('confirmed', 'You confirmed your address. The organisers have it now.'), ('change_wanted', 'The organisers asked for a change.'), ('changed', 'You changed it.'), ('accepted', 'The organisers accepted it.'), ('declined', 'The organisers decided not to take it this time.'), ('merged', 'It was joined with another topic.'), ('returned', 'It stands on its own again. The organisers have it now.'), ('withdrawn', 'You took it back.'), ('folded', 'The organisers closed the room.')], max_length=20)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('note', models.CharField(blank=True, max_length=2000)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='breakouts.topic')),
            ],
            options={
                'verbose_name': 'step of a topic',
                'verbose_name_plural': 'steps of topics',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='TopicVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120)),
                ('why', models.TextField(blank=True)),
                ('content_note', models.CharField(blank=True, max_length=300)),
                ('until', models.DateTimeField(default=django.utils.timezone.now)),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='breakouts.topic')),
            ],
            options={
                'verbose_name': 'earlier words of a topic',
                'verbose_name_plural': 'earlier words of topics',
                'ordering': ['until', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='BreakoutPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('takes_topics', models.BooleanField(default=True, verbose_name='people may propose topics')),
                ('topics_until', models.DateTimeField(blank=True, null=True, verbose_name='topics may be proposed until')),
                ('takes_questions', models.BooleanField(default=True, verbose_name='people may ask questions')),
                ('takes_choices', models.BooleanField(default=True, verbose_name='people choose a room beforehand')),
                ('choices_until', models.DateTimeField(blank=True, null=True, verbose_name='rooms can be changed until')),
                ('seats', models.PositiveIntegerField(blank=True, null=True, verbose_name='people in a room')),
                ('rooms_start_at', models.DateTimeField(blank=True, null=True, verbose_name='rooms begin')),
                ('rooms_end_at', models.DateTimeField(blank=True, null=True, verbose_name='rooms end')),
                ('brief', models.TextField(blank=True, verbose_name='for hosts: what matters to us')),
                ('opening_words', models.TextField(blank=True, verbose_name='for hosts: words to open with')),
                ('call_name', models.CharField(blank=True, max_length=100, verbose_name='whom to call on the day')),
                ('call_phone', models.CharField(blank=True, max_length=40, verbose_name='phone on the day')),
                ('recap_intro', models.TextField(blank=True, verbose_name='words before the recap')),
                ('recap_published_at', models.DateTimeField(blank=True, null=True)),
                ('recap_mailed_at', models.DateTimeField(blank=True, null=True)),
                ('thanked_at', models.DateTimeField(blank=True, null=True)),
                ('on_the_page', models.JSONField(blank=True, default=dict, editable=False)),
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='breakout_plan', to='events.event')),
            ],
            options={
                'verbose_name': 'breakout plan',
                'verbose_name_plural': 'breakout plans',
                'constraints': [models.CheckConstraint(condition=models.Q(('rooms_start_at', None), ('rooms_end_at', None), ('rooms_start_at__lt', models.F('rooms_end_at')), _connector='OR'), name='rooms_begin_before_they_end', violation_error_message='The rooms must begin before they end.')],
            },
        ),
        migrations.AddConstraint(
            model_name='helperrole',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['notes', 'welcome', 'tech', 'captions', 'timekeeper'])), name='breakouts_helperrole_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='helperrole',
            constraint=models.UniqueConstraint(fields=('event', 'kind'), name='one_row_a_kind_of_help'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'answered', 'declined'])), name='breakouts_question_state_is_known'),
        ),
        migrations.AddIndex(
            model_name='topic',
            index=models.Index(fields=['event', 'state'], name='topics_of_event'),
        ),
        migrations.AddConstraint(
            model_name='topic',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['new', 'proposed', 'change_wanted', 'accepted', 'declined', 'merged', 'withdrawn', 'folded'])), name='breakouts_topic_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='topic',
            constraint=models.CheckConstraint(condition=models.Q(('hosting__in', ['alone', 'with_co_host', 'someone_else'])), name='breakouts_topic_hosting_is_known'),
        ),
        migrations.AddConstraint(
            model_name='topic',
            constraint=models.UniqueConstraint(fields=('event', 'number'), name='one_number_a_room'),
        ),
        migrations.AddConstraint(
            model_name='topic',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('number__isnull', False), ('state', 'accepted')), models.Q(models.Q(('state', 'accepted'), _negated=True), ('number__isnull', True)), _connector='OR'), name='an_accepted_topic_has_a_number'),
        ),
        migrations.AddConstraint(
            model_name='roomnote',
            constraint=models.UniqueConstraint(condition=models.Q(('helper__isnull', False)), fields=('topic', 'helper'), name='one_note_a_helper'),
        ),
        migrations.AddConstraint(
            model_name='roomnote',
            constraint=models.UniqueConstraint(condition=models.Q(('host__isnull', False)), fields=('topic', 'host'), name='one_note_a_host'),
        ),
        migrations.AddConstraint(
            model_name='roomchoice',
            constraint=models.UniqueConstraint(fields=('registration', 'rank'), name='one_choice_a_rank'),
        ),
        migrations.AddConstraint(
            model_name='proposer',
            constraint=models.UniqueConstraint(fields=('topic', 'email'), name='one_proposer_an_address'),
        ),
        migrations.AddConstraint(
            model_name='host',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['offered', 'willing', 'named', 'asked', 'hosting', 'ended'])), name='breakouts_host_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='host',
            constraint=models.CheckConstraint(condition=models.Q(('ended_because__in', ['stepped_down', 'declined', 'no_answer', 'removed', 'topic_ended', 'not_me', ''])), name='breakouts_host_ended_because_is_known'),
        ),
        migrations.AddConstraint(
            model_name='host',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'ended'), _negated=True), fields=('topic', 'email'), name='one_live_host_an_address'),
        ),
        migrations.AddConstraint(
            model_name='host',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'asked'), _negated=True), ('answer_by__isnull', False), _connector='OR'), name='asked_hosts_have_a_time_to_answer'),
        ),
        migrations.AddConstraint(
            model_name='helper',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['offered', 'helping', 'reserve', 'ended'])), name='breakouts_helper_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='helper',
            constraint=models.CheckConstraint(condition=models.Q(('ended_because__in', ['stepped_down', 'removed', 'not_me', ''])), name='breakouts_helper_ended_because_is_known'),
        ),
        migrations.AddConstraint(
            model_name='helper',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'ended'), _negated=True), fields=('role', 'email'), name='one_live_helper_an_address'),
        ),
        migrations.AddConstraint(
            model_name='topicstep',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['proposed', 'confirmed', 'change_wanted', 'changed', 'accepted', 'declined', 'merged', 'returned', 'withdrawn', 'folded'])), name='breakouts_topicstep_kind_is_known'),
        ),
    ]
