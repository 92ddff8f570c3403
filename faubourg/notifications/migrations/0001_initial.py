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
            name='Mail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=faubourg.core.models.CodeMaker('M'), editable=False, max_length=24, unique=True, verbose_name='code')),
                ('kind', models.CharField(max_length=48, verbose_name='modèle')),
                ('to', models.EmailField(max_length=254, verbose_name='destinataire')),
                ('subject', models.CharField(max_length=200, verbose_name='objet')),
                ('text', models.TextField(verbose_name='texte')),
                ('html', models.TextField(blank=True, verbose_name='mise en page')),
                ('state', models.CharField(choices=[('held', 'à relire'), ('queued', 'en partance'), ('sent', 'envoyé'), ('failed', 'non remis'), ('dropped', 'abandonné')], default='queued', max_length=8, verbose_name='état')),
                ('author', models.CharField(blank=True, max_length=24, verbose_name='posté par')),
                ('made_at', models.DateTimeField(default=faubourg.core.clock.now, editable=False, verbose_name='créé le')),
                ('not_before', models.DateTimeField(blank=True, null=True, verbose_name='pas avant')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='envoyé le')),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='essais')),
                ('problem', models.CharField(blank=True, max_length=300, verbose_name='dernier échec')),
            ],
            options={
                'verbose_name': 'courrier',
                'ordering': ['-made_at', '-pk'],
                'indexes': [models.Index(fields=['state', '-made_at'], name='notif_mail_state_made')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', True)), _connector='OR'), name='notif_sent_has_its_hour')],
            },
        ),
        migrations.CreateModel(
            name='Enclosure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='nom')),
                ('content_type', models.CharField(max_length=80, verbose_name='type')),
                ('content', models.BinaryField(verbose_name='contenu')),
                ('mail', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='enclosures', to='notifications.mail', verbose_name='courrier')),
            ],
            options={
                'verbose_name': 'pièce jointe',
                'ordering': ['pk'],
            },
        ),
    ]
