import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import functools
import kit.languages
import secrets
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('sessions', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ClockBeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('job', models.CharField(max_length=40, unique=True)),
                ('beat_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('problem', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'verbose_name': 'clock beat',
                'verbose_name_plural': 'clock beats',
            },
        ),
        migrations.CreateModel(
            name='SealingKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fingerprint', models.CharField(max_length=16, unique=True, verbose_name='fingerprint')),
                ('canary', models.TextField(verbose_name='canary')),
                ('since', models.DateTimeField(default=django.utils.timezone.now, verbose_name='since')),
            ],
            options={
                'verbose_name': 'sealing key',
                'verbose_name_plural': 'sealing keys',
                'ordering': ['since', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('email', models.EmailField(error_messages={'unique': 'This address is in use.'}, max_length=254, unique=True, verbose_name='email address')),
                ('name', models.CharField(blank=True, max_length=100, verbose_name='name')),
                ('pronouns', models.CharField(blank=True, max_length=60, verbose_name='pronouns')),
                ('time_zone', models.CharField(blank=True, max_length=64, verbose_name='time zone')),
                ('language', models.CharField(blank=True, default=kit.languages.current, max_length=12, verbose_name='language of emails')),
                ('is_active', models.BooleanField(default=True)),
                ('is_staff', models.BooleanField(default=False, verbose_name='looks after this hub')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('second_step_asked_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('second_step_put_off_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'people',
            },
        ),
        migrations.CreateModel(
            name='Fault',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=80, verbose_name='kind of error')),
                ('place', models.CharField(blank=True, max_length=100, verbose_name='where')),
                ('hour', models.DateTimeField(verbose_name='hour')),
                ('count', models.PositiveIntegerField(default=0, verbose_name='how often')),
                ('told_at', models.DateTimeField(blank=True, null=True, verbose_name='administrators told at')),
            ],
            options={
                'verbose_name': 'error',
                'verbose_name_plural': 'errors',
                'ordering': ['-hour', 'kind', 'place'],
                'constraints': [models.UniqueConstraint(fields=('kind', 'place', 'hour'), name='one_row_a_fault_and_hour')],
            },
        ),
        migrations.CreateModel(
            name='Group',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, unique=True, verbose_name='name')),
                ('slug', models.SlugField(max_length=110, unique=True)),
                ('about', models.TextField(blank=True, verbose_name='about')),
                ('guiding_values', models.TextField(blank=True, verbose_name='guiding values')),
                ('contact_email', models.EmailField(max_length=254, verbose_name='contact address')),
                ('names_event_in_subjects', models.BooleanField(default=False, verbose_name='events in subjects of emails')),
                ('time_zone', models.CharField(default='Europe/London', max_length=64, verbose_name='time zone')),
                ('state', models.CharField(choices=[('requested', 'Asked for'), ('approved', 'Approved'), ('declined', 'Declined')], default='requested', max_length=20)),
                ('request_reason', models.TextField(blank=True, verbose_name='why this group')),
                ('decision_note', models.TextField(blank=True, verbose_name='answer to the request')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('requested_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='groups_requested', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'group',
                'verbose_name_plural': 'groups',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='AuditLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('what', models.CharField(choices=[('invited', 'invited someone'), ('invitation_withdrawn', 'withdrew an invitation'), ('joined', 'accepted an invitation'), ('role_taken', 'took a role away'), ('co_invited', 'invited someone to look after one group of places'), ('co_withdrawn', 'withdrew an invitation to look after one group of places'), ('co_joined', 'began to look after one group of places'), ('co_ended', 'ended looking after one group of places'), ('second_step_reset_asked', 'asked to reset a second step'), ('second_step_reset_stopped', 'stopped that reset'), ('second_step_reset', 'reset the second step of logging in')], max_length=30)),
                ('role', models.CharField(blank=True, choices=[('organiser', 'Organiser'), ('access_lead', 'Access lead'), ('named_contact', 'Named contact')], max_length=20)),
                ('about_person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='audit_lines', to='people.group')),
            ],
            options={
                'verbose_name': 'audit line',
                'verbose_name_plural': 'audit lines',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='GuidingValues',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('text', models.TextField()),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
                ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='values_versions', to='people.group')),
            ],
            options={
                'verbose_name': 'version of guiding values',
                'verbose_name_plural': 'versions of guiding values',
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='Hub',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(default='AllyHub', max_length=80, verbose_name='name of the community')),
                ('tagline', models.CharField(blank=True, max_length=160, verbose_name='one line about it')),
                ('welcome_title', models.CharField(blank=True, max_length=120, verbose_name='heading of the home page')),
                ('welcome_text', models.TextField(blank=True, max_length=600, verbose_name='words under the heading')),
                ('time_zone', models.CharField(default='Europe/London', max_length=64, verbose_name='time zone')),
                ('language', models.CharField(default='en-gb', max_length=12, verbose_name='language')),
                ('contact_email', models.EmailField(blank=True, max_length=254, verbose_name='contact address')),
                ('guiding_values', models.TextField(blank=True, verbose_name='guiding values')),
                ('access_contact_name', models.CharField(blank=True, max_length=100, verbose_name='whom to ask about access')),
                ('access_contact_email', models.EmailField(blank=True, max_length=254, verbose_name='address for questions about access')),
                ('access_contact_phone', models.CharField(blank=True, max_length=40, verbose_name='phone for questions about access')),
                ('always_in_place', models.TextField(blank=True, verbose_name='always in place')),
                ('statement_reviewed_on', models.DateField(blank=True, null=True, verbose_name='accessibility statement last reviewed')),
                ('statement_known_problems', models.TextField(blank=True, verbose_name='what is not accessible yet')),
                ('is_set_up', models.BooleanField(default=False, editable=False)),
            ],
            options={
                'verbose_name': 'hub',
                'verbose_name_plural': 'hub',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='only_one_hub')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=functools.partial(secrets.token_urlsafe, *(16,), **{}), editable=False, max_length=32, unique=True)),
                ('link_version', models.PositiveIntegerField(default=1)),
                ('email', models.EmailField(max_length=254, verbose_name='email address')),
                ('role', models.CharField(choices=[('organiser', 'Organiser'), ('access_lead', 'Access lead'), ('named_contact', 'Named contact')], max_length=20, verbose_name='role')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='people.group')),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'invitation',
                'verbose_name_plural': 'invitations',
            },
        ),
        migrations.CreateModel(
            name='Login',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('browser', models.CharField(blank=True, max_length=30)),
                ('system', models.CharField(blank=True, max_length=30)),
                ('first_on', models.DateField(default=django.utils.timezone.localdate)),
                ('last_on', models.DateField(default=django.utils.timezone.localdate)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='logins', to=settings.AUTH_USER_MODEL)),
                ('session', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, to='sessions.session')),
            ],
            options={
                'verbose_name': 'login',
                'verbose_name_plural': 'logins',
                'ordering': ['-last_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('organiser', 'Organiser'), ('access_lead', 'Access lead'), ('named_contact', 'Named contact')], max_length=20, verbose_name='role')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='people.group')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'membership',
                'verbose_name_plural': 'memberships',
            },
        ),
        migrations.AddField(
            model_name='group',
            name='members',
            field=models.ManyToManyField(related_name='groups_joined', through='people.Membership', to=settings.AUTH_USER_MODEL),
        ),
        migrations.CreateModel(
            name='Page',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('slug', models.SlugField(max_length=130, unique=True)),
                ('summary', models.CharField(blank=True, max_length=240, verbose_name='summary')),
                ('body', models.TextField(verbose_name='text')),
                ('is_published', models.BooleanField(default=False, verbose_name='published')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='pages', to='people.group')),
            ],
            options={
                'verbose_name': 'page',
                'verbose_name_plural': 'pages',
                'ordering': ['title'],
            },
        ),
        migrations.CreateModel(
            name='SecondStepReset',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=functools.partial(secrets.token_urlsafe, *(16,), **{}), editable=False, max_length=32, unique=True)),
                ('link_version', models.PositiveIntegerField(default=1)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('was_stopped', models.BooleanField(default=False)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='second_step_resets', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'reset of a second step',
                'verbose_name_plural': 'resets of second steps',
            },
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='one_person_an_address', violation_error_message='This address is in use.'),
        ),
        migrations.AddIndex(
            model_name='auditline',
            index=models.Index(fields=['group', '-at'], name='audit_of_group'),
        ),
        migrations.AddConstraint(
            model_name='auditline',
            constraint=models.CheckConstraint(condition=models.Q(('what__in', ['invited', 'invitation_withdrawn', 'joined', 'role_taken', 'co_invited', 'co_withdrawn', 'co_joined', 'co_ended', 'second_step_reset_asked', 'second_step_reset_stopped', 'second_step_reset'])), name='people_auditline_what_is_known'),
        ),
        migrations.AddConstraint(
            model_name='auditline',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['organiser', 'access_lead', 'named_contact', ''])), name='people_auditline_role_is_known'),
        ),
        migrations.AddConstraint(
            model_name='guidingvalues',
            constraint=models.UniqueConstraint(fields=('group', 'number'), name='one_number_a_version_of_a_group'),
        ),
        migrations.AddConstraint(
            model_name='guidingvalues',
            constraint=models.UniqueConstraint(condition=models.Q(('group', None)), fields=('number',), name='one_number_a_version_of_the_hub'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['organiser', 'access_lead', 'named_contact'])), name='people_invitation_role_is_known'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('email'), models.F('group'), models.F('role'), condition=models.Q(('accepted_at', None), ('withdrawn_at', None)), name='one_open_invitation', violation_error_message='This person has an open invitation already.'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['organiser', 'access_lead', 'named_contact'])), name='people_membership_role_is_known'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(fields=('person', 'group', 'role'), name='one_row_a_role'),
        ),
        migrations.AddConstraint(
            model_name='group',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['requested', 'approved', 'declined'])), name='people_group_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='secondstepreset',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('person',), name='one_waiting_reset_a_person', violation_error_message='It is being reset already.'),
        ),
    ]
