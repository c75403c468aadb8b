"""Sends tasks that go through every code path of the fixture's workers; prints how many will come to an end.

Run it in the fixture's python folder, with CELERY_BROKER_URL set.
"""

import sys

sys.path.insert(0, ".")

from shared.types import TranscriptionBackend  # noqa: E402
from workers.tasks.embedding import embed  # noqa: E402
from workers.tasks.summarization import summarize  # noqa: E402
from workers.tasks.transcription import transcribe  # noqa: E402

finished = 0
for backend in TranscriptionBackend:
    for language in ("de", "en", None):
        transcribe.delay(audio_seconds=90, backend=backend.value, language=language, fail_first=1, summary=True)
        finished += 2
transcribe.delay(audio_seconds=20, fail_first=9)
transcribe.delay(audio_seconds=20, backend="no such backend")
embed.delay(texts=["a few words", "more words"])
embed.delay(texts=[])
summarize.delay(text=None)
finished += 5
print(finished)
