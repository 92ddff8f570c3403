import django.db.models.deletion
import django.db.models.functions.text
import faubourg.core.clock
import faubourg.core.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('django_tasks_database', '0021_conditional_partial_index_ordering'),
        ('sessions', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('code', models.CharField(default=faubourg.core.models.CodeMaker('U'), editable=False, max_length=24, unique=True, verbose_name='code')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='adresse électronique')),
                ('first_name', models.CharField(blank=True, max_length=80, verbose_name='prénom')),
                ('last_name', models.CharField(blank=True, max_length=80, verbose_name='nom')),
                ('is_active', models.BooleanField(default=True, verbose_name='peut entrer')),
                ('joined_at', models.DateTimeField(default=faubourg.core.clock.now, editable=False, verbose_name='inscrit le')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'personne',
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='accounts_one_email_one_person'), models.CheckConstraint(condition=models.Q(('is_superuser', False)), name='accounts_nobody_has_all_rights')],
            },
        ),
        migrations.CreateModel(
            name='SignInLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, verbose_name='adresse électronique')),
                ('origin', models.CharField(blank=True, max_length=64, verbose_name='empreinte du lieu de la demande')),
                ('digest', models.CharField(max_length=64, unique=True, verbose_name='empreinte du jeton')),
                ('made_at', models.DateTimeField(default=faubourg.core.clock.now, editable=False, verbose_name='créé le')),
                ('expires_at', models.DateTimeField(verbose_name='expire le')),
                ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='utilisé le')),
                ('next', models.CharField(blank=True, max_length=300, verbose_name='page demandée')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='links', to=settings.AUTH_USER_MODEL, verbose_name='personne')),
            ],
            options={
                'verbose_name': 'lien d’entrée',
                'indexes': [models.Index(fields=['email', 'made_at'], name='accounts_link_email_made'), models.Index(fields=['origin', 'made_at'], name='accounts_link_origin_made')],
                'constraints': [models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('made_at'))), name='accounts_link_expires_later'), models.CheckConstraint(condition=models.Q(('used_at__isnull', True), ('user__isnull', False), _connector='OR'), name='accounts_used_link_has_its_person')],
            },
        ),
    ]
