"""All tables as 0001 to 0038 left them, for new installations: step by step they took ten seconds.

Those that hold data already go on with the steps, which stay for them.
"""
import django.contrib.auth.models
import django.contrib.auth.validators
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class CreateTables(Operation):
    """Models that are created together. One after the other, Django makes its picture of all models anew for each."""

    reversible = False

    def __init__(self, operations):
        self.operations = operations

    def state_forwards(self, app_label, state):
        state.is_delayed = True
        state.clear_delayed_apps_cache()
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for operation in self.operations:
            if isinstance(operation, migrations.CreateModel):
                schema_editor.create_model(to_state.apps.get_model(app_label, operation.name))

    def describe(self):
        return 'Create all tables'


class Migration(migrations.Migration):

    replaces = [
        ('picking', '0001_initial'),
        ('picking', '0002_validation'),
        ('picking', '0003_keep_training'),
        ('picking', '0004_limits_and_exclusion'),
        ('picking', '0005_ctf'),
        ('picking', '0006_mark_time'),
        ('picking', '0007_replaced_pixels'),
        ('picking', '0008_where_micrographs_lie'),
        ('picking', '0009_source'),
        ('picking', '0010_sources_of_trainings'),
        ('picking', '0011_picks_of_sources'),
        ('picking', '0012_listed_micrographs'),
        ('picking', '0013_tokens'),
        ('picking', '0014_watched_folders'),
        ('picking', '0015_coordinate_import'),
        ('picking', '0016_export'),
        ('picking', '0017_webhooks'),
        ('picking', '0018_kept_answer_project'),
        ('picking', '0019_assignment'),
        ('picking', '0020_comments'),
        ('picking', '0021_roles'),
        ('picking', '0022_blind'),
        ('picking', '0023_history'),
        ('picking', '0024_links'),
        ('picking', '0025_checkpoint'),
        ('picking', '0026_deletion'),
        ('picking', '0027_named_snapshot'),
        ('picking', '0028_first_guess'),
        ('picking', '0029_suggested_diameter'),
        ('picking', '0030_changed_by'),
        ('picking', '0031_averages'),
        ('picking', '0032_border_margin'),
        ('picking', '0033_lies_at'),
        ('picking', '0034_failed_attempt'),
        ('picking', '0035_observe'),
        ('picking', '0036_accounts'),
        ('picking', '0037_quota'),
        ('picking', '0038_begun'),
    ]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Process',
                fields=[
                    ('key', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                    ('role', models.CharField(choices=[('web', 'Web'), ('worker', 'Worker'), ('ended', 'Ended')], max_length=10)),
                    ('name', models.CharField(max_length=200)),
                    ('host', models.CharField(max_length=200)),
                    ('pid', models.PositiveIntegerField(default=0)),
                    ('version', models.CharField(max_length=40)),
                    ('started_at', models.DateTimeField()),
                    ('heard_at', models.DateTimeField(db_index=True)),
                    ('queues', models.JSONField(blank=True, default=list, help_text='that a worker takes jobs from')),
                    ('devices', models.JSONField(blank=True, default=list, help_text='as wire.DeviceWire')),
                    ('sockets', models.PositiveIntegerField(default=0, help_text='that are open')),
                    ('people', models.JSONField(blank=True, default=dict, help_text="user's id -> their open sockets, without guests")),
                    ('counts', models.BinaryField(default=b'', help_text='picking/server/metrics.py, packed')),
                ],
                options={
                    'verbose_name_plural': 'processes',
                    'ordering': ['role', 'name', 'pid'],
                },
            ),
            migrations.CreateModel(
                name='User',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                    ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                    ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                    ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                    ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                    ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                    ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                    ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                    ('sign_ins_ended', models.PositiveIntegerField(db_default=0, default=0, editable=False)),
                    ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                    ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                ],
                options={
                    'verbose_name': 'user',
                    'verbose_name_plural': 'users',
                    'abstract': False,
                },
                managers=[
                    ('objects', django.contrib.auth.models.UserManager()),
                ],
            ),
            migrations.CreateModel(
                name='FailedAttempt',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('password', 'Password'), ('code', 'Code'), ('token', 'Token'), ('link', 'Link')], max_length=20)),
                    ('name', models.CharField(blank=True, help_text='as typed, whether or not there is such an account', max_length=150)),
                    ('address', models.CharField(help_text='of the browser or program, or its IPv6 network', max_length=64)),
                    ('at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ],
                options={
                    'verbose_name': 'failed sign-in',
                    'ordering': ['-pk'],
                    'indexes': [models.Index(fields=['kind', 'name', 'address', 'at'], name='failed_attempt_by_name'), models.Index(fields=['kind', 'address', 'at'], name='failed_attempt_by_address')],
                },
            ),
            migrations.CreateModel(
                name='Micrograph',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('deleted_at', models.DateTimeField(blank=True, null=True)),
                    ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('name', models.CharField(help_text='file name without its extension, after the folders that tell it from others', max_length=500)),
                    ('file_name', models.CharField(max_length=255)),
                    ('source', models.TextField(blank=True, help_text='where the file lies, when it is used in place')),
                    ('lies_at', models.TextField(blank=True, help_text='its real path when it was imported, used in place')),
                    ('uploaded_as', models.TextField(blank=True, help_text='its path when it was uploaded, below what was dropped')),
                    ('width', models.PositiveIntegerField()),
                    ('height', models.PositiveIntegerField()),
                    ('header_pixel_size', models.FloatField(blank=True, help_text='Å per pixel, as the file says', null=True)),
                    ('listed_pixel_size', models.FloatField(blank=True, help_text='Å per pixel, as the list says from which it was imported: wins over the header', null=True)),
                    ('listed_as', models.TextField(blank=True, help_text="its path in RELION's or cryoSPARC's list")),
                    ('listed_undosed_as', models.TextField(blank=True, help_text='the same of its sum without dose weighting')),
                    ('optics_group', models.CharField(blank=True, help_text="RELION's name of it", max_length=200)),
                    ('cryosparc_uid', models.CharField(blank=True, max_length=20)),
                    ('replaced_pixels', models.PositiveIntegerField(default=0, help_text='NaN or infinite in the file, filled in')),
                    ('particle_threshold', models.FloatField(blank=True, help_text="instead of the project's", null=True)),
                    ('contamination_threshold', models.FloatField(blank=True, help_text="instead of the project's", null=True)),
                    ('excluded', models.BooleanField(default=False, help_text='left out of training, picking and exports')),
                    ('flagged', models.BooleanField(default=False, help_text='somebody wants it looked at again')),
                    ('double', models.BooleanField(default=False, help_text='two people are to label it')),
                    ('note', models.TextField(blank=True, help_text="why, in a person's words")),
                    ('blind', models.BooleanField(default=False, help_text='people see only their own marks on it for now')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('deleted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('imported_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['name'],
                },
            ),
            migrations.CreateModel(
                name='Label',
                fields=[
                    ('id', models.UUIDField(primary_key=True, serialize=False)),
                    ('sequence', models.BigIntegerField()),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('kind', models.CharField(choices=[('particle', 'Particle'), ('background', 'Background'), ('contamination', 'Contamination')], max_length=20)),
                    ('x', models.FloatField()),
                    ('y', models.FloatField()),
                    ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('changed_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('micrograph', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='picking.micrograph')),
                ],
                options={
                    'ordering': ['sequence'],
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Ctf',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('defocus_u', models.FloatField()),
                    ('defocus_v', models.FloatField()),
                    ('astigmatism_angle', models.FloatField()),
                    ('voltage', models.FloatField()),
                    ('spherical_aberration', models.FloatField()),
                    ('amplitude_contrast', models.FloatField()),
                    ('phase_shift', models.FloatField()),
                    ('resolution', models.FloatField(blank=True, null=True)),
                    ('micrograph', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='ctf', to='picking.micrograph')),
                ],
            ),
            migrations.CreateModel(
                name='Project',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('deleted_at', models.DateTimeField(blank=True, null=True)),
                    ('name', models.CharField(max_length=200)),
                    ('particle_diameter', models.FloatField(blank=True, help_text='Å; null until a person sets it or it is suggested', null=True, validators=[django.core.validators.MinValueValidator(20.0), django.core.validators.MaxValueValidator(5000.0)])),
                    ('diameter_provisional', models.BooleanField(default=False, help_text='the diameter was suggested, and no person has set it yet')),
                    ('pixel_size', models.FloatField(blank=True, help_text="Å per pixel as typed by a person: it wins over what the files' headers say", null=True, validators=[django.core.validators.MinValueValidator(0.05), django.core.validators.MaxValueValidator(50.0)])),
                    ('particle_threshold', models.FloatField()),
                    ('contamination_threshold', models.FloatField()),
                    ('minimum_distance', models.FloatField(default=0.0, help_text='between network picks, in particle diameters')),
                    ('border_margin', models.FloatField(help_text='particle diameters: network picks nearer to the border are left out')),
                    ('first_guess', models.BooleanField(default=True, help_text='pick with the shipped networks until the first training')),
                    ('keep_training', models.BooleanField(default=False, help_text="train by itself after people's changes")),
                    ('changed_at', models.DateTimeField(blank=True, help_text='when a mark was last changed', null=True)),
                    ('untrained_since', models.DateTimeField(blank=True, help_text='the first change that no training has read', null=True)),
                    ('sequence', models.BigIntegerField(default=0, help_text='number of the last event')),
                    ('averages_made', models.PositiveIntegerField(default=0, help_text='number of the last averages, deleted ones too')),
                    ('used_bytes', models.BigIntegerField(db_default=0, default=0, help_text='of its files on the server, as last measured')),
                    ('measured_at', models.DateTimeField(blank=True, help_text='when its files were last measured', null=True)),
                    ('quota_bytes', models.BigIntegerField(blank=True, help_text='bytes that its files may take; 0: no limit; empty: as the installation says', null=True, validators=[django.core.validators.MinValueValidator(0)])),
                    ('quota_micrographs', models.PositiveIntegerField(blank=True, help_text='how many it may have; 0: no limit; empty: as the installation says', null=True)),
                    ('archived_at', models.DateTimeField(blank=True, null=True)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('updated_at', models.DateTimeField(auto_now=True)),
                    ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('deleted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-updated_at'],
                },
            ),
            migrations.AddField(
                model_name='micrograph',
                name='project',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='micrographs', to='picking.project'),
            ),
            migrations.CreateModel(
                name='Membership',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('role', models.CharField(choices=[('owner', 'Owner'), ('manager', 'Manager'), ('annotator', 'Annotator'), ('viewer', 'Viewer')], max_length=20)),
                    ('looked_at', models.DateTimeField(blank=True, null=True)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                    ('looking_at', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='picking.micrograph')),
                    ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='picking.project')),
                ],
            ),
            migrations.CreateModel(
                name='KeptAnswer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(help_text='the header Idempotency-Key', max_length=255)),
                    ('asked', models.CharField(help_text='SHA-256 of method, address, token and body', max_length=64)),
                    ('status', models.PositiveSmallIntegerField(null=True)),
                    ('body', models.JSONField(null=True)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('project', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='picking.project')),
                ],
            ),
            migrations.CreateModel(
                name='Job',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('import', 'Import'), ('train', 'Train'), ('pick', 'Pick'), ('guess', 'Guess'), ('validate', 'Validate'), ('export', 'Export'), ('snapshot', 'Snapshot'), ('diameter', 'Diameter'), ('average', 'Average')], max_length=20)),
                    ('status', models.CharField(choices=[('queued', 'Queued'), ('running', 'Running'), ('finished', 'Finished'), ('failed', 'Failed'), ('cancelled', 'Cancelled')], default='queued', max_length=20)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('request_id', models.CharField(blank=True, db_default='', default='', help_text='of the request that started it, for the log', max_length=64)),
                    ('started_at', models.DateTimeField(blank=True, null=True)),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('name', models.TextField(blank=True, help_text="import: the file's path as people see it")),
                    ('source', models.TextField(blank=True, help_text='import: where the file lies')),
                    ('in_place', models.BooleanField(default=False, help_text='import: use the file where it lies')),
                    ('lies_at', models.TextField(blank=True, help_text='import: its real path when it was queued, used in place')),
                    ('listed', models.JSONField(blank=True, help_text='import: what a list says of the file', null=True)),
                    ('owner', models.CharField(blank=True, max_length=100)),
                    ('fence', models.PositiveIntegerField(default=0, help_text='grows with each claim; older claims cannot write')),
                    ('first_fence', models.PositiveIntegerField(db_default=0, default=0, help_text='the fence when somebody queued it again')),
                    ('lease_until', models.DateTimeField(blank=True, null=True)),
                    ('sent_at', models.DateTimeField(blank=True, help_text='when the broker was last told', null=True)),
                    ('cancel_requested', models.BooleanField(default=False)),
                    ('begun', models.JSONField(blank=True, help_text='pick: micrographs under way, which no other worker takes while the lease holds', null=True)),
                    ('done', models.PositiveIntegerField(default=0)),
                    ('total', models.PositiveIntegerField(default=0)),
                    ('message', models.CharField(blank=True, max_length=250)),
                    ('losses', models.JSONField(blank=True, default=list, help_text='train: [[network, step, loss], …]')),
                    ('error', models.TextField(blank=True)),
                    ('dismissed', models.BooleanField(default=False, help_text='a person has read the error')),
                    ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='jobs', to='picking.project')),
                ],
                options={
                    'ordering': ['pk'],
                },
            ),
            migrations.CreateModel(
                name='Invitation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('role', models.CharField(choices=[('owner', 'Owner'), ('manager', 'Manager'), ('annotator', 'Annotator'), ('viewer', 'Viewer')], max_length=20)),
                    ('token_hash', models.CharField(max_length=64, unique=True)),
                    ('expires_at', models.DateTimeField()),
                    ('uses', models.IntegerField(default=0, help_text='how many have joined by it')),
                    ('most_uses', models.IntegerField(blank=True, default=1, null=True)),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='picking.project')),
                ],
                options={
                    'ordering': ['-pk'],
                },
            ),
            migrations.CreateModel(
                name='Export',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('format', models.CharField(max_length=40)),
                    ('options', models.JSONField(help_text='as ExportOptions')),
                    ('file_name', models.CharField(help_text='as people download it', max_length=255)),
                    ('stored_as', models.CharField(blank=True, help_text="file name in the project's folder of exports", max_length=100)),
                    ('size', models.BigIntegerField(blank=True, help_text='bytes', null=True)),
                    ('sha256', models.CharField(blank=True, max_length=64)),
                    ('counts', models.JSONField(blank=True, null=True)),
                    ('left_out', models.JSONField(blank=True, default=list)),
                    ('manifest', models.JSONField(blank=True, null=True)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('job', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='export', to='picking.job')),
                    ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exports', to='picking.project')),
                ],
                options={
                    'ordering': ['-pk'],
                },
            ),
            migrations.CreateModel(
                name='Event',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('sequence', models.BigIntegerField()),
                    ('data', models.JSONField(help_text='one of the types in picking.events')),
                    ('type', models.CharField(editable=False, max_length=40)),
                    ('micrograph', models.BigIntegerField(editable=False, help_text='the one that it is about, by its id', null=True)),
                    ('restored', models.BooleanField(default=False, help_text='one of many marks that a restoration put or deleted')),
                    ('operation', models.UUIDField(help_text='made by the browser that asked for the change', null=True)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('actor', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('only_for', models.ForeignKey(db_constraint=False, db_index=False, help_text='the one person who may see it while its micrograph is labelled blind; null: everyone', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('job', models.ForeignKey(help_text='progress: of which job', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='picking.job')),
                    ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='picking.project')),
                ],
                options={
                    'ordering': ['sequence'],
                },
            ),
            migrations.CreateModel(
                name='DiskUse',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('size', models.BigIntegerField(help_text='bytes; null until first measured', null=True)),
                    ('files', models.PositiveIntegerField(default=0)),
                    ('measured_at', models.DateTimeField(help_text='when a worker last began to')),
                    ('project', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='disk_use', to='picking.project')),
                ],
                options={
                    'verbose_name_plural': 'disk use',
                    'ordering': ['project'],
                },
            ),
            migrations.CreateModel(
                name='CoordinateImport',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('files', models.JSONField(default=list, help_text='[[path as the person sees it, bytes], …]')),
                    ('format', models.CharField(blank=True, help_text='empty: told by the content', max_length=40)),
                    ('rule', models.JSONField(blank=True, help_text='{starts, ends} as typed; null: the likeliest', null=True)),
                    ('placing', models.JSONField(blank=True, help_text='{scale, unit, flip_y}; null: the likeliest', null=True)),
                    ('merge_doubled', models.BooleanField(default=False)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='coordinate_imports', to='picking.project')),
                ],
                options={
                    'ordering': ['created_at'],
                },
            ),
            migrations.CreateModel(
                name='Comment',
                fields=[
                    ('id', models.UUIDField(primary_key=True, serialize=False)),
                    ('x', models.FloatField(blank=True, help_text='full-resolution pixels; null for the whole micrograph', null=True)),
                    ('y', models.FloatField(blank=True, null=True)),
                    ('text', models.TextField()),
                    ('sequence', models.BigIntegerField()),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('edited_at', models.DateTimeField(blank=True, null=True)),
                    ('resolved_at', models.DateTimeField(blank=True, null=True)),
                    ('deleted_at', models.DateTimeField(blank=True, help_text='kept, so that it can be taken back', null=True)),
                    ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('deleted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('parent', models.ForeignKey(blank=True, help_text='never a reply itself', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='picking.comment')),
                    ('resolved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('micrograph', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='picking.micrograph')),
                    ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='picking.project')),
                ],
                options={
                    'ordering': ['created_at', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Checkpoint',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('sequence', models.BigIntegerField()),
                    ('count', models.PositiveIntegerField(help_text='marks that it holds')),
                    ('marks', models.BinaryField(help_text='as picking.queries.past.past packs them')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='checkpoints', to='picking.project')),
                ],
                options={
                    'ordering': ['sequence'],
                },
            ),
            migrations.CreateModel(
                name='Reference',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('points', models.JSONField(help_text='[[x, y], …] in full-resolution pixels')),
                    ('micrograph', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='reference', to='picking.micrograph')),
                ],
            ),
            migrations.CreateModel(
                name='Region',
                fields=[
                    ('id', models.UUIDField(primary_key=True, serialize=False)),
                    ('sequence', models.BigIntegerField()),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('polygon', models.JSONField(help_text='[[x, y], …] in full-resolution pixels')),
                    ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('changed_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('micrograph', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='picking.micrograph')),
                ],
                options={
                    'ordering': ['sequence'],
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='SharedLink',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(help_text='whom it is for', max_length=100)),
                    ('token_hash', models.CharField(max_length=64, unique=True)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('expires_at', models.DateTimeField()),
                    ('last_opened_at', models.DateTimeField(blank=True, null=True)),
                    ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('guest', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='shared_link', to=settings.AUTH_USER_MODEL)),
                    ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shared_links', to='picking.project')),
                ],
                options={
                    'ordering': ['-pk'],
                },
            ),
            migrations.CreateModel(
                name='Source',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('training', 'Training'), ('first_guess', 'First Guess'), ('imported', 'Imported'), ('consensus', 'Consensus')], max_length=20)),
                    ('name', models.CharField(max_length=200)),
                    ('threshold', models.FloatField(blank=True, help_text='its picks count from this score; null: no scores', null=True)),
                    ('lowest_score', models.FloatField(blank=True, help_text='of its picks; null: no scores', null=True)),
                    ('highest_score', models.FloatField(blank=True, help_text='of its picks; null: no scores', null=True)),
                    ('teaches', models.BooleanField(default=False, help_text='its picks are examples of particles in training')),
                    ('how', models.JSONField(blank=True, default=dict, help_text='files, format, scale … it was made from')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sources', to='picking.project')),
                ],
                options={
                    'ordering': ['pk'],
                },
            ),
            migrations.CreateModel(
                name='PickSet',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('count', models.PositiveIntegerField()),
                    ('rows', models.BinaryField()),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('micrograph', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pick_sets', to='picking.micrograph')),
                    ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pick_sets', to='picking.source')),
                ],
            ),
            migrations.CreateModel(
                name='Averages',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveIntegerField(help_text='in its address; never used again')),
                    ('made_from', models.JSONField(help_text='which picks were wanted, and what decided which of them count')),
                    ('diameter', models.FloatField(help_text='of the particle, Å')),
                    ('picks', models.PositiveIntegerField(default=0, help_text='that are sorted')),
                    ('of', models.PositiveIntegerField(default=0, help_text='picks there were, of which these are a random part')),
                    ('done', models.FloatField(default=0.0, help_text='the part of the work that is done, 0 to 1')),
                    ('round', models.PositiveIntegerField(default=0)),
                    ('pixel_size', models.FloatField(blank=True, help_text='of an average, Å; null until the first round', null=True)),
                    ('size', models.PositiveIntegerField(default=0, help_text='pixels along an average')),
                    ('columns', models.PositiveIntegerField(default=0, help_text='averages in a row of the picture')),
                    ('classes', models.JSONField(blank=True, help_text='the largest first; null until the first round', null=True)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('job', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='averages', to='picking.job')),
                    ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='averages', to='picking.project')),
                    ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='averages', to='picking.source')),
                ],
                options={
                    'verbose_name_plural': 'averages',
                    'ordering': ['-number'],
                },
            ),
            migrations.CreateModel(
                name='SuggestedDiameter',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('diameter', models.FloatField(help_text='Å', null=True)),
                    ('certainty', models.FloatField(default=0.0, help_text='likelihood that it is right within 15 %')),
                    ('sure', models.BooleanField(default=False)),
                    ('dark', models.BooleanField(default=True)),
                    ('curve', models.JSONField(default=list, help_text='[[Å, likelihood], …]')),
                    ('places', models.JSONField(default=dict, help_text='micrograph: [[x, y], …], what was found at that size')),
                    ('reason', models.CharField(blank=True, max_length=250)),
                    ('micrographs', models.PositiveIntegerField(help_text='that were looked at')),
                    ('made_at', models.DateTimeField(auto_now=True)),
                    ('project', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='suggested_diameter', to='picking.project')),
                ],
            ),
            migrations.CreateModel(
                name='ThreadRead',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('sequence', models.BigIntegerField()),
                    ('thread', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reads', to='picking.comment')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Token',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('role', models.CharField(choices=[('owner', 'Owner'), ('manager', 'Manager'), ('annotator', 'Annotator'), ('viewer', 'Viewer')], help_text='the most it may do, whatever the person may', max_length=20)),
                    ('name', models.CharField(help_text="what it is for, in the person's words", max_length=100)),
                    ('token_hash', models.CharField(max_length=64, unique=True)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('expires_at', models.DateTimeField()),
                    ('last_used_at', models.DateTimeField(blank=True, null=True)),
                    ('revoked_at', models.DateTimeField(blank=True, null=True)),
                    ('project', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to='picking.project')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-pk'],
                },
            ),
            migrations.CreateModel(
                name='Training',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField()),
                    ('weights', models.CharField(help_text="file name in the project's folder of trainings", max_length=100)),
                    ('seed', models.PositiveIntegerField()),
                    ('settings', models.JSONField()),
                    ('labels', models.JSONField(help_text='how many of each kind it learnt from')),
                    ('losses', models.JSONField(help_text='[[network, step, loss], …]')),
                    ('has_contamination_network', models.BooleanField()),
                    ('validation', models.JSONField(blank=True, help_text='figures, or the reason for none; null until there', null=True)),
                    ('held_out', models.JSONField(blank=True, default=list, help_text='[[kind, particle, contamination score], …]')),
                    ('origin', models.JSONField(blank=True, help_text='adopted from: {project: its name, training: version}', null=True)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('job', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='training_made', to='picking.job')),
                    ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='trainings', to='picking.project')),
                ],
                options={
                    'ordering': ['version'],
                },
            ),
            migrations.AddField(
                model_name='source',
                name='training',
                field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='source', to='picking.training'),
            ),
            migrations.AddField(
                model_name='project',
                name='current_training',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='picking.training'),
            ),
            migrations.AddField(
                model_name='job',
                name='training',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='jobs', to='picking.training'),
            ),
            migrations.CreateModel(
                name='Upload',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('folder', models.CharField(blank=True, help_text='the folders it lies in, below what was dropped', max_length=400)),
                    ('name', models.CharField(max_length=255)),
                    ('size', models.BigIntegerField()),
                    ('fingerprint', models.CharField(blank=True, help_text="of the file's content, as the browser says", max_length=40)),
                    ('received', models.BigIntegerField(default=0)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uploads', to='picking.project')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uploads', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['created_at'],
                },
            ),
            migrations.CreateModel(
                name='Verdict',
                fields=[
                    ('id', models.UUIDField(primary_key=True, serialize=False)),
                    ('sequence', models.BigIntegerField()),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('kind', models.CharField(choices=[('accept', 'Accept'), ('reject', 'Reject'), ('move', 'Move')], max_length=20)),
                    ('x', models.FloatField()),
                    ('y', models.FloatField()),
                    ('to_x', models.FloatField(blank=True, null=True)),
                    ('to_y', models.FloatField(blank=True, null=True)),
                    ('fit', models.FloatField(blank=True, help_text='0 to 1', null=True)),
                    ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('changed_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('micrograph', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='picking.micrograph')),
                ],
                options={
                    'ordering': ['sequence'],
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='WatchedFolder',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('place', models.TextField(help_text='a folder, a list or a pattern under a data root')),
                    ('subfolders', models.BooleanField(default=False)),
                    ('since', models.DateTimeField(default=django.utils.timezone.now)),
                    ('stopped_at', models.DateTimeField(blank=True, null=True)),
                    ('scan_at', models.DateTimeField(default=django.utils.timezone.now, help_text='when to look again; moved on by who looks')),
                    ('error', models.TextField(blank=True, help_text='why the last scan could not look')),
                    ('found', models.PositiveIntegerField(default=0)),
                    ('imported', models.PositiveIntegerField(default=0)),
                    ('picked', models.PositiveIntegerField(default=0)),
                    ('left_out', models.JSONField(blank=True, default=list, help_text='files that are left out by their names, as told')),
                    ('median_delay', models.FloatField(blank=True, help_text="seconds from a file's arrival to its picks", null=True)),
                    ('newest_delay', models.FloatField(blank=True, help_text='seconds, of the newest file that has picks', null=True)),
                    ('waiting_since', models.DateTimeField(blank=True, help_text='when the oldest file without picks arrived', null=True)),
                    ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='watched', to='picking.project')),
                ],
                options={
                    'ordering': ['pk'],
                },
            ),
            migrations.CreateModel(
                name='WatchedFile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('path', models.TextField()),
                    ('size', models.BigIntegerField()),
                    ('modified', models.BigIntegerField(help_text='ns since 1970')),
                    ('arrived', models.DateTimeField(help_text='when the file was last changed on this disk')),
                    ('state', models.CharField(choices=[('growing', 'Growing'), ('queued', 'Queued'), ('refused', 'Refused')], max_length=20)),
                    ('reason', models.TextField(blank=True, help_text='why it waits or is refused')),
                    ('watched', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='picking.watchedfolder')),
                ],
            ),
            migrations.CreateModel(
                name='Webhook',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('url', models.CharField(max_length=2000)),
                    ('events', models.JSONField(help_text='values of Event')),
                    ('secret', models.CharField(max_length=100)),
                    ('active', models.BooleanField(default=True)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='webhooks', to='picking.project')),
                ],
                options={
                    'ordering': ['pk'],
                },
            ),
            migrations.CreateModel(
                name='Delivery',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('message_id', models.CharField(help_text='the same at every try', max_length=50, unique=True)),
                    ('event', models.CharField(help_text='a Webhook.Event, or ping', max_length=40)),
                    ('body', models.TextField(help_text='JSON, byte for byte as it is sent')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('attempts', models.PositiveIntegerField(default=0)),
                    ('next_try_at', models.DateTimeField(blank=True, db_index=True, default=django.utils.timezone.now, null=True)),
                    ('tried_at', models.DateTimeField(blank=True, null=True)),
                    ('delivered_at', models.DateTimeField(blank=True, null=True)),
                    ('status_code', models.PositiveIntegerField(blank=True, help_text='of the last answer', null=True)),
                    ('response', models.TextField(blank=True, help_text='the beginning of the last answer')),
                    ('error', models.TextField(blank=True, help_text='why the last try failed')),
                    ('webhook', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='picking.webhook')),
                ],
                options={
                    'ordering': ['-pk'],
                },
            ),
            migrations.CreateModel(
                name='Mention',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=150)),
                    ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mentions', to='picking.comment')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['pk'],
                    'constraints': [models.UniqueConstraint(fields=('comment', 'user'), name='mention_once')],
                },
            ),
            migrations.CreateModel(
                name='Assignment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('assigned', models.BooleanField(default=False, help_text='given by a manager: does not go to others by itself')),
                    ('claimed_at', models.DateTimeField(blank=True, null=True)),
                    ('active_at', models.DateTimeField(blank=True, help_text='when its holder last did something on it', null=True)),
                    ('seconds_worked', models.FloatField(default=0, help_text='active time, without gaps')),
                    ('done_at', models.DateTimeField(blank=True, null=True)),
                    ('reviewed_at', models.DateTimeField(blank=True, null=True)),
                    ('sent_back', models.TextField(blank=True, help_text='why a reviewer wants more work on it; empty: nobody does')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('assigned_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('reviewed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to=settings.AUTH_USER_MODEL)),
                    ('micrograph', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to='picking.micrograph')),
                ],
                options={
                    'ordering': ['pk'],
                    'constraints': [models.UniqueConstraint(fields=('micrograph', 'user'), name='assignment_once')],
                },
            ),
            migrations.CreateModel(
                name='NamedSnapshot',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveIntegerField(help_text='in its address; never used again')),
                    ('name', models.CharField(max_length=200)),
                    ('note', models.TextField(blank=True)),
                    ('sequence', models.BigIntegerField(default=0, help_text='the last event that it holds')),
                    ('stored_as', models.CharField(blank=True, help_text="file name in the project's folder of snapshots", max_length=100)),
                    ('size', models.BigIntegerField(blank=True, help_text='bytes', null=True)),
                    ('sha256', models.CharField(blank=True, help_text='of the canonical form (science/frozen.py)', max_length=64)),
                    ('counts', models.JSONField(blank=True, null=True)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('removed_at', models.DateTimeField(blank=True, null=True)),
                    ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('job', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='named_snapshot', to='picking.job')),
                    ('removed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='named_snapshots', to='picking.project')),
                ],
                options={
                    'ordering': ['-number'],
                    'constraints': [models.UniqueConstraint(fields=('project', 'number'), name='named_snapshot_once')],
                },
            ),
            migrations.AddConstraint(
                model_name='micrograph',
                constraint=models.UniqueConstraint(condition=models.Q(('deleted_at', None)), fields=('project', 'name'), name='micrograph_name_once'),
            ),
            migrations.AddConstraint(
                model_name='membership',
                constraint=models.UniqueConstraint(fields=('project', 'user'), name='membership_once'),
            ),
            migrations.AddIndex(
                model_name='keptanswer',
                index=models.Index(fields=['created_at'], name='kept_answer_by_age'),
            ),
            migrations.AddConstraint(
                model_name='keptanswer',
                constraint=models.UniqueConstraint(fields=('user', 'key'), name='kept_answer_once'),
            ),
            migrations.AddIndex(
                model_name='event',
                index=models.Index(fields=['actor', 'project', 'sequence'], name='event_of_person'),
            ),
            migrations.AddIndex(
                model_name='event',
                index=models.Index(fields=['project', 'type', 'sequence'], name='event_of_type'),
            ),
            migrations.AddIndex(
                model_name='event',
                index=models.Index(fields=['project', 'micrograph', 'sequence'], name='event_of_micrograph'),
            ),
            migrations.AddIndex(
                model_name='event',
                index=models.Index(condition=models.Q(('only_for__isnull', False)), fields=['project'], name='event_for_one'),
            ),
            migrations.AddConstraint(
                model_name='event',
                constraint=models.UniqueConstraint(fields=('project', 'sequence'), name='event_sequence_once'),
            ),
            migrations.AddConstraint(
                model_name='event',
                constraint=models.UniqueConstraint(fields=('project', 'operation'), name='event_operation_once'),
            ),
            migrations.AddConstraint(
                model_name='checkpoint',
                constraint=models.UniqueConstraint(fields=('project', 'sequence'), name='checkpoint_once'),
            ),
            migrations.AddConstraint(
                model_name='pickset',
                constraint=models.UniqueConstraint(fields=('micrograph', 'source'), name='pick_set_once'),
            ),
            migrations.AddConstraint(
                model_name='averages',
                constraint=models.UniqueConstraint(fields=('project', 'number'), name='averages_number_once'),
            ),
            migrations.AddConstraint(
                model_name='threadread',
                constraint=models.UniqueConstraint(fields=('user', 'thread'), name='thread_read_once'),
            ),
            migrations.AddConstraint(
                model_name='training',
                constraint=models.UniqueConstraint(fields=('project', 'version'), name='training_version_once'),
            ),
            migrations.AddConstraint(
                model_name='source',
                constraint=models.UniqueConstraint(fields=('project', 'name'), name='source_name_once'),
            ),
            migrations.AddConstraint(
                model_name='source',
                constraint=models.UniqueConstraint(condition=models.Q(('kind', 'first_guess')), fields=('project',), name='one_first_guess_a_project'),
            ),
            migrations.AddConstraint(
                model_name='source',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'training'), ('training__isnull', False)), models.Q(('training__isnull', True), models.Q(('kind', 'training'), _negated=True)), _connector='OR'), name='source_of_training_has_one'),
            ),
            migrations.AddConstraint(
                model_name='project',
                constraint=models.CheckConstraint(condition=models.Q(('particle_diameter__gt', 0)), name='project_diameter_positive'),
            ),
            migrations.AddConstraint(
                model_name='project',
                constraint=models.CheckConstraint(condition=models.Q(('particle_threshold__range', (0, 1)), ('contamination_threshold__range', (0, 1))), name='project_thresholds_in_unit_interval'),
            ),
            migrations.AddIndex(
                model_name='job',
                index=models.Index(fields=['status', 'lease_until'], name='job_by_lease'),
            ),
            migrations.AddConstraint(
                model_name='job',
                constraint=models.UniqueConstraint(condition=models.Q(('kind', 'train'), ('status__in', ['queued', 'running'])), fields=('project',), name='one_training_at_a_time'),
            ),
            migrations.AddConstraint(
                model_name='upload',
                constraint=models.UniqueConstraint(fields=('project', 'user', 'folder', 'name', 'size', 'fingerprint'), name='upload_once'),
            ),
            migrations.AddConstraint(
                model_name='watchedfolder',
                constraint=models.UniqueConstraint(condition=models.Q(('stopped_at', None)), fields=('project', 'place', 'subfolders'), name='watched_once'),
            ),
        ]),
    ]
