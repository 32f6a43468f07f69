import time, pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
@pytest.mark.django_db
def test_x():
    for _ in range(2):
        t=time.time()
        with CaptureQueriesContext(connection) as q: call_command("load_content")
        print(time.time()-t, len(q))
