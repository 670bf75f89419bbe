"""Time, in front of ministack's CloudWatch: alarms change as data grows old, too, when nobody puts any."""

import asyncio

from ..alarms.evaluation import evaluate_all

# CloudWatch: each 10 seconds for periods below a minute, each minute for others.
_SECONDS = 2


def with_clock(cloudwatch):
    clock = []

    async def handle(method, path, headers, body, query_params):
        if not clock:
            # On ministack's own loop: an alarm is never evaluated twice at a time.
            clock.append(asyncio.create_task(_tick()))
        return await cloudwatch(method, path, headers, body, query_params)
    return handle


async def _tick():
    while True:
        evaluate_all()
        await asyncio.sleep(_SECONDS)
