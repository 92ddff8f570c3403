import django.db.models.deletion
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
            name='Listing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.SlugField(max_length=24, verbose_name='nature')),
                ('thing', models.CharField(max_length=80, verbose_name='objet')),
                ('scope', models.CharField(blank=True, max_length=24, verbose_name='à qui')),
                ('title', models.CharField(max_length=200, verbose_name='titre')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='sous le titre')),
                ('args', models.JSONField(blank=True, default=list, verbose_name='paramètres de l’adresse')),
                ('position', models.IntegerField(default=0, verbose_name='rang')),
                ('digest', models.CharField(max_length=32, verbose_name='empreinte')),
            ],
            options={
                'verbose_name': 'fiche de recherche',
                'verbose_name_plural': 'fiches de recherche',
                'ordering': ['kind', '-position', 'digest'],
                'constraints': [models.UniqueConstraint(fields=('thing', 'kind'), name='search_one_listing_a_thing'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='search_listing_titled')],
            },
        ),
        migrations.CreateModel(
            name='Word',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.CharField(max_length=40, verbose_name='forme')),
                ('weight', models.PositiveSmallIntegerField(verbose_name='poids')),
                ('listing', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='words', to='search.listing')),
            ],
            options={
                'verbose_name': 'mot d’une fiche',
                'verbose_name_plural': 'mots d’une fiche',
                'indexes': [models.Index(fields=['form', 'weight', 'listing'], name='search_form')],
                'constraints': [models.UniqueConstraint(fields=('listing', 'form'), name='search_one_form_a_listing')],
            },
        ),
    ]
