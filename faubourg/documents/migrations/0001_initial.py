import faubourg.core.clock
import faubourg.core.models
import faubourg.documents.models
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
            name='StoredFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=faubourg.core.models.CodeMaker('F'), editable=False, max_length=24, unique=True, verbose_name='code')),
                ('access', models.CharField(db_index=True, max_length=64, verbose_name='accès')),
                ('name', models.CharField(max_length=120, verbose_name='nom')),
                ('content_type', models.CharField(max_length=80, verbose_name='type')),
                ('size', models.PositiveBigIntegerField(verbose_name='taille, en octets')),
                ('sha256', models.CharField(max_length=64, verbose_name='empreinte')),
                ('blob', models.FileField(max_length=120, upload_to=faubourg.documents.models.place, verbose_name='contenu')),
                ('made_at', models.DateTimeField(default=faubourg.core.clock.now, editable=False, verbose_name='déposé le')),
            ],
            options={
                'verbose_name': 'fichier',
                'ordering': ['made_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('size__gt', 0)), name='documents_no_empty_file')],
            },
        ),
    ]
