import django.db.models.deletion
import django.utils.timezone
import feedback.models.feedback_round
import functools
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
            name='FeedbackForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('event', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='feedback_form', to='events.event')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='feedback_forms', to='people.group')),
                ('series', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='feedback_form', to='events.series')),
            ],
            options={
                'verbose_name': 'feedback form',
                'verbose_name_plural': 'feedback forms',
            },
        ),
        migrations.CreateModel(
            name='FeedbackRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seal_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('is_wanted', models.BooleanField(default=True, verbose_name='ask for feedback')),
                ('days_open', models.PositiveSmallIntegerField(default=14, verbose_name='days to answer')),
                ('room_code', models.CharField(default=feedback.models.feedback_round.new_room_code, max_length=12, unique=True)),
                ('shown', models.PositiveIntegerField(default=0)),
                ('room_answers', models.PositiveIntegerField(default=0)),
                ('tallies', kit.sealing.SealedTextField(blank=True, default='')),
                ('is_settled', models.BooleanField(default=False)),
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='feedback_round', to='events.event')),
                ('form', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='feedback.feedbackform')),
            ],
            options={
                'verbose_name': 'round of feedback',
                'verbose_name_plural': 'rounds of feedback',
            },
        ),
        migrations.CreateModel(
            name='AnswerLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=functools.partial(secrets.token_urlsafe, *(16,), **{}), editable=False, max_length=32, unique=True)),
                ('link_version', models.PositiveIntegerField(default=1)),
                ('is_used', models.BooleanField(default=False)),
                ('wants_no_reminder', models.BooleanField(default=False)),
                ('registration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='events.registration')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='feedback.feedbackround')),
            ],
            options={
                'verbose_name': 'link to give feedback',
                'verbose_name_plural': 'links to give feedback',
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField(default=1)),
                ('kind', models.CharField(choices=[('scale', 'How far do you agree?'), ('choice', 'Choose one'), ('several', 'Choose any'), ('words', 'In your own words')], max_length=10, verbose_name='kind of answer')),
                ('text', models.CharField(max_length=300, verbose_name='question')),
                ('hint', models.CharField(blank=True, max_length=300, verbose_name='hint')),
                ('options', models.JSONField(blank=True, default=list, verbose_name='answers to choose from')),
                ('good', models.CharField(choices=[('first', 'The first: they go from good to bad'), ('last', 'The last: they go from bad to good'), ('middle', 'The middle one: beside it is too little or too much'), ('none', 'None: they are only different')], default='none', max_length=6, verbose_name='the good answer')),
                ('outside', models.BooleanField(default=False, verbose_name='the last answer is for people it does not concern')),
                ('translations', models.JSONField(blank=True, default=dict, verbose_name='in other languages')),
                ('retired_at', models.DateTimeField(blank=True, null=True)),
                ('form', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='feedback.feedbackform')),
            ],
            options={
                'verbose_name': 'question of a form',
                'verbose_name_plural': 'questions of forms',
                'ordering': ['place', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='AnswerText',
            fields=[
                ('seal_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('text', kit.sealing.SealedTextField()),
                ('is_released', models.BooleanField(default=False)),
                ('is_first_hand', models.BooleanField(default=False)),
                ('themes', models.JSONField(blank=True, default=list)),
                ('hidden_because', models.CharField(blank=True, max_length=200)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='feedback.feedbackround')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='feedback.question')),
            ],
            options={
                'verbose_name': 'answer in words',
                'verbose_name_plural': 'answers in words',
            },
        ),
        migrations.CreateModel(
            name='Quote',
            fields=[
                ('key', models.CharField(default=functools.partial(secrets.token_urlsafe, *(16,), **{}), editable=False, max_length=32, unique=True)),
                ('link_version', models.PositiveIntegerField(default=1)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('text', models.TextField(blank=True, max_length=600, verbose_name='your words')),
                ('signed', models.CharField(choices=[('name', 'With my name'), ('role', 'With what I do, without my name'), ('nobody', 'Without any name')], default='nobody', max_length=10)),
                ('name', models.CharField(blank=True, max_length=100, verbose_name='name or role')),
                ('on_event_page', models.BooleanField(default=False, verbose_name='on the event’s page')),
                ('on_group_page', models.BooleanField(default=False, verbose_name='on the group’s page and in its story')),
                ('in_reports', models.BooleanField(default=False, verbose_name='in reports to funders')),
                ('given_on', models.DateField(default=django.utils.timezone.localdate)),
                ('approved_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_on', models.DateField(blank=True, null=True)),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='quotes', to='events.event')),
            ],
            options={
                'verbose_name': 'quote',
                'verbose_name_plural': 'quotes',
                'ordering': ['given_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Story',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('title', models.CharField(max_length=140, verbose_name='title')),
                ('summary', models.CharField(blank=True, max_length=300, verbose_name='summary')),
                ('beginning', models.TextField(blank=True, max_length=6000, verbose_name='how it began')),
                ('what_we_did', models.TextField(blank=True, max_length=6000, verbose_name='what we did')),
                ('what_changed', models.TextField(blank=True, max_length=6000, verbose_name='what has changed')),
                ('what_we_learned', models.TextField(blank=True, max_length=6000, verbose_name='what we would tell others')),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('group', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='story', to='people.group')),
            ],
            options={
                'verbose_name': 'story',
                'verbose_name_plural': 'stories',
            },
        ),
        migrations.CreateModel(
            name='Thanks',
            fields=[
                ('seal_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('room', models.PositiveIntegerField()),
                ('text', kit.sealing.SealedTextField()),
                ('is_shown', models.BooleanField(default=False)),
                ('is_first_hand', models.BooleanField(default=False)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='thanks', to='events.event')),
            ],
            options={
                'verbose_name': 'thanks to a host',
                'verbose_name_plural': 'thanks to hosts',
            },
        ),
        migrations.CreateModel(
            name='ThanksGiven',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('registration', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='events.registration')),
            ],
            options={
                'verbose_name': 'thanks given',
                'verbose_name_plural': 'thanks given',
            },
        ),
        migrations.CreateModel(
            name='WaitingSheet',
            fields=[
                ('seal_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('answers', kit.sealing.SealedTextField()),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='waiting', to='feedback.feedbackround')),
            ],
            options={
                'verbose_name': 'answers that wait',
                'verbose_name_plural': 'answers that wait',
            },
        ),
        migrations.CreateModel(
            name='ActionTaken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('place', models.PositiveSmallIntegerField(default=1)),
                ('theme', models.CharField(max_length=60, verbose_name='theme')),
                ('said', models.CharField(max_length=300, verbose_name='you said')),
                ('answer', models.CharField(choices=[('did', 'We did'), ('will', 'We will'), ('will_not', 'We will not, because')], default='did', max_length=10)),
                ('words', models.TextField(max_length=1000, verbose_name='what we did, will do, or why not')),
                ('by_when', models.DateField(blank=True, null=True, verbose_name='by when')),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('mailed_at', models.DateTimeField(blank=True, null=True)),
                ('changed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='actions_taken', to='events.event')),
            ],
            options={
                'verbose_name': 'action taken',
                'verbose_name_plural': 'actions taken',
                'ordering': ['place', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('answer__in', ['did', 'will', 'will_not'])), name='feedback_actiontaken_answer_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('answer', 'will'), _negated=True), ('by_when__isnull', False), _connector='OR'), name='a_promise_has_a_day', violation_error_message='Say by when you will do it.')],
            },
        ),
        migrations.AddConstraint(
            model_name='feedbackform',
            constraint=models.CheckConstraint(condition=models.Q(('series', None), ('event', None), _connector='OR'), name='a_form_is_for_a_series_or_an_event'),
        ),
        migrations.AddConstraint(
            model_name='feedbackform',
            constraint=models.UniqueConstraint(condition=models.Q(('event', None), ('series', None)), fields=('group',), name='one_usual_form_a_group'),
        ),
        migrations.AddConstraint(
            model_name='answerlink',
            constraint=models.UniqueConstraint(fields=('round', 'registration'), name='one_link_a_registration'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['scale', 'choice', 'several', 'words'])), name='feedback_question_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('good__in', ['first', 'last', 'middle', 'none'])), name='feedback_question_good_is_known'),
        ),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.CheckConstraint(condition=models.Q(('signed__in', ['name', 'role', 'nobody'])), name='feedback_quote_signed_is_known'),
        ),
    ]
