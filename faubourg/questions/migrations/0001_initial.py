import django.db.models.deletion
import faubourg.core.clock
import faubourg.core.models
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
            name='Questionnaire',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=faubourg.core.models.CodeMaker('Q'), editable=False, max_length=24, unique=True, verbose_name='code')),
                ('title', models.CharField(max_length=160, verbose_name='titre')),
                ('made_at', models.DateTimeField(default=faubourg.core.clock.now, editable=False, verbose_name='créé le')),
            ],
            options={
                'verbose_name': 'questionnaire',
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=40, verbose_name='clé')),
                ('kind', models.CharField(choices=[('text', 'texte court'), ('long_text', 'texte long'), ('number', 'nombre entier'), ('date', 'date'), ('choice', 'un choix'), ('choices', 'plusieurs choix'), ('yes_no', 'oui ou non')], default='long_text', max_length=12, verbose_name='type')),
                ('label', models.CharField(max_length=200, verbose_name='question')),
                ('help', models.CharField(blank=True, max_length=400, verbose_name='aide')),
                ('required', models.BooleanField(default=True, verbose_name='obligatoire')),
                ('max_words', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='mots au plus')),
                ('choices', models.JSONField(blank=True, default=list, verbose_name='choix')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='rang')),
                ('questionnaire', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='questions.questionnaire')),
            ],
            options={
                'verbose_name': 'question',
                'ordering': ['position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('questionnaire', 'key'), name='questions_one_key_one_question')],
            },
        ),
        migrations.CreateModel(
            name='AnswerSheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=faubourg.core.models.CodeMaker('R'), editable=False, max_length=24, unique=True, verbose_name='code')),
                ('questionnaire', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='questions.questionnaire')),
            ],
            options={
                'verbose_name': 'feuille de réponses',
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(blank=True, verbose_name='tel que tapé')),
                ('value', models.JSONField(blank=True, null=True, verbose_name='valeur')),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='questions.answersheet')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='questions.question')),
            ],
            options={
                'verbose_name': 'réponse',
                'constraints': [models.UniqueConstraint(fields=('sheet', 'question'), name='questions_one_answer')],
            },
        ),
    ]
