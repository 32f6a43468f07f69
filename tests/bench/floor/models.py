from django.conf import settings
from django.db import models


class Entry(models.Model):
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    title = models.CharField(max_length=80)
    text = models.TextField()
    written_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return self.title
