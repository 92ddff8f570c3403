import django.db.models.deletion
import faubourg.core.clock
import faubourg.website.models.blocks
import faubourg.website.models.photos
import modelsearch.index
import taggit.managers
import wagtail.images.models
import wagtail.models.media
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('partners', '0001_initial'),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
        ('territory', '0001_initial'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FreePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('lead', models.TextField(blank=True, help_text='Une ou deux phrases sous le titre.', max_length=300, verbose_name='chapeau')),
                ('body', faubourg.website.models.blocks.Body(blank=True, verbose_name='contenu')),
            ],
            options={
                'verbose_name': 'page libre',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='HomePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('lead', models.TextField(blank=True, help_text='Une ou deux phrases sous le titre.', max_length=300, verbose_name='chapeau')),
                ('body', faubourg.website.models.blocks.Body(blank=True, verbose_name='contenu')),
                ('headline', models.CharField(blank=True, help_text='Vide : la commune, puis « les quartiers font la ville ».', max_length=60, verbose_name='grande phrase')),
            ],
            options={
                'verbose_name': 'accueil',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='StoryListPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('lead', models.TextField(blank=True, help_text='Une ou deux phrases sous le titre.', max_length=300, verbose_name='chapeau')),
                ('body', faubourg.website.models.blocks.Body(blank=True, verbose_name='contenu')),
            ],
            options={
                'verbose_name': 'liste des récits',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='NeighbourhoodPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('lead', models.TextField(blank=True, help_text='Une ou deux phrases sous le titre.', max_length=300, verbose_name='chapeau')),
                ('body', faubourg.website.models.blocks.Body(blank=True, verbose_name='contenu')),
                ('neighbourhood', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='territory.neighbourhood', verbose_name='quartier')),
            ],
            options={
                'verbose_name': 'page d’un quartier',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='Photo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=255, verbose_name='title')),
                ('width', models.IntegerField(editable=False, verbose_name='width')),
                ('height', models.IntegerField(editable=False, verbose_name='height')),
                ('created_at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='created at')),
                ('focal_point_x', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_y', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_width', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_height', models.PositiveIntegerField(blank=True, null=True)),
                ('file_size', models.PositiveIntegerField(editable=False, null=True)),
                ('file_hash', models.CharField(blank=True, db_index=True, editable=False, max_length=40)),
                ('file', wagtail.images.models.WagtailImageField(height_field='height', help_text='JPEG, PNG ou WebP, 20 Mo et 30 millions de points au plus.', storage=faubourg.website.models.photos.originals, upload_to=wagtail.images.models.get_upload_to, verbose_name='photo', width_field='width')),
                ('description', models.CharField(help_text='Lu à voix haute à qui ne la voit pas : « Trois jeunes réparent un vélo devant un hangar. »', max_length=255, verbose_name='ce que montre la photo')),
                ('credit', models.CharField(help_text='Qui l’a prise, ou à qui elle est : « Ville de Dax ».', max_length=120, verbose_name='crédit')),
                ('is_agreed', models.BooleanField(default=False, help_text='Personne n’y est reconnaissable, ou chacun a donné son accord ; pour un enfant, ses parents.', verbose_name='on peut la publier')),
                ('collection', models.ForeignKey(default=wagtail.models.media.get_root_collection_id, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.collection', verbose_name='collection')),
                ('tags', taggit.managers.TaggableManager(blank=True, help_text=None, through='taggit.TaggedItem', to='taggit.Tag', verbose_name='tags')),
                ('uploaded_by_user', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL, verbose_name='uploaded by user')),
            ],
            options={
                'verbose_name': 'photo',
                'ordering': ['-created_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('credit', ''), _negated=True), models.Q(('description', ''), _negated=True)), name='website_photo_is_told'), models.CheckConstraint(condition=models.Q(('is_agreed', True)), name='website_photo_is_agreed')],
            },
            bases=(wagtail.images.models.ImageFileMixin, modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='Rendition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('filter_spec', models.CharField(db_index=True, max_length=255)),
                ('file', wagtail.images.models.WagtailImageField(height_field='height', storage=wagtail.images.models.get_rendition_storage, upload_to=wagtail.images.models.get_rendition_upload_to, width_field='width')),
                ('width', models.IntegerField(editable=False)),
                ('height', models.IntegerField(editable=False)),
                ('focal_point_key', models.CharField(blank=True, default='', editable=False, max_length=16)),
                ('image', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='renditions', to='website.photo', verbose_name='photo')),
            ],
            options={
                'verbose_name': 'photo mise à la taille',
                'constraints': [models.UniqueConstraint(fields=('image', 'filter_spec', 'focal_point_key'), name='website_one_rendition_a_size')],
            },
            bases=(wagtail.images.models.ImageFileMixin, models.Model),
        ),
        migrations.CreateModel(
            name='StoryPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('lead', models.TextField(blank=True, help_text='Une ou deux phrases sous le titre.', max_length=300, verbose_name='chapeau')),
                ('body', faubourg.website.models.blocks.Body(blank=True, verbose_name='contenu')),
                ('told_on', models.DateField(default=faubourg.core.clock.today, verbose_name='du')),
                ('objective', models.ForeignKey(blank=True, help_text='Le récit se lit aussi sur la page de ce thème.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='partners.objective', verbose_name='thème')),
                ('photo', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='website.photo', verbose_name='photo')),
            ],
            options={
                'verbose_name': 'récit',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='ThemePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('lead', models.TextField(blank=True, help_text='Une ou deux phrases sous le titre.', max_length=300, verbose_name='chapeau')),
                ('body', faubourg.website.models.blocks.Body(blank=True, verbose_name='contenu')),
                ('objective', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='partners.objective', verbose_name='objectif du contrat')),
            ],
            options={
                'verbose_name': 'page d’un thème',
            },
            bases=('wagtailcore.page',),
        ),
    ]
