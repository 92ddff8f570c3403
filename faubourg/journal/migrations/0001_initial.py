from django.db import migrations, models

from faubourg.journal.triggers import TRIGGERS


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
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveBigIntegerField(unique=True, verbose_name='numéro')),
                ('at', models.DateTimeField(verbose_name='le')),
                ('actor', models.CharField(blank=True, max_length=24, verbose_name='auteur')),
                ('room', models.CharField(max_length=24, verbose_name='pièce')),
                ('verb', models.CharField(max_length=48, verbose_name='geste')),
                ('thing', models.CharField(db_index=True, max_length=48, verbose_name='objet')),
                ('before', models.CharField(blank=True, max_length=32, verbose_name='état d’avant')),
                ('after', models.CharField(blank=True, max_length=32, verbose_name='état d’après')),
                ('amounts', models.JSONField(blank=True, default=dict, verbose_name='montants, en centimes')),
                ('previous', models.CharField(max_length=64, unique=True, verbose_name='empreinte d’avant')),
                ('digest', models.CharField(max_length=64, unique=True, verbose_name='empreinte')),
            ],
            options={
                'verbose_name': 'ligne du journal',
                'verbose_name_plural': 'lignes du journal',
                'ordering': ['number'],
                'constraints': [models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='journal_number_from_one'), models.CheckConstraint(condition=models.Q(('previous', models.F('digest')), _negated=True), name='journal_digest_moves')],
            },
        ),
        migrations.CreateModel(
            name='Head',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveBigIntegerField(default=0)),
                ('digest', models.CharField(max_length=64)),
            ],
            options={
                'verbose_name': 'tête du journal',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='journal_one_head')],
            },
        ),
        *TRIGGERS,
    ]
