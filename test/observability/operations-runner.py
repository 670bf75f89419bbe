"""Runs the source of the operations board's function with a CloudWatch that is made up: JSON in, JSON out."""
import contextlib, datetime, io, json, sys, types

given = json.load(sys.stdin)
moment = datetime.datetime.fromisoformat(given['now'])
calls = []


class Now(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return moment.astimezone(tz)


class Paginator:
    def __init__(self, region):
        self.region = region

    def paginate(self, AlarmNames, AlarmTypes=('MetricAlarm',), PaginationConfig={}):
        """As DescribeAlarms: up to 100 names, no composite alarms unless they are asked for, pages (of 2 here, to have some)."""
        calls.append({'region': self.region, 'names': len(AlarmNames), 'types': list(AlarmTypes), 'pageSize': PaginationConfig.get('PageSize')})
        if not 1 <= len(AlarmNames) <= 100:
            raise ValueError(f'{len(AlarmNames)} names')
        known = given['cloudWatch'].get(self.region, [])
        if isinstance(known, str):
            raise RuntimeError(known)
        found = [alarm for alarm in known if alarm['name'] in AlarmNames and kind(alarm) in AlarmTypes]
        for start in range(0, max(1, len(found)), 2):
            page = {}
            for alarm in found[start:start + 2]:
                page.setdefault(kind(alarm) + 's', []).append({
                    'AlarmName': alarm['name'], 'StateValue': alarm['state'], 'StateTransitionedTimestamp': datetime.datetime.fromisoformat(alarm['since']),
                })
            yield page


def kind(alarm):
    return 'CompositeAlarm' if alarm.get('composite') else 'MetricAlarm'


def client(service, region_name, config):
    assert service == 'cloudwatch'
    return types.SimpleNamespace(get_paginator=lambda operation: {'describe_alarms': Paginator(region_name)}[operation])


sys.modules['boto3'] = types.SimpleNamespace(client=client)
sys.modules['botocore'] = types.ModuleType('botocore')
sys.modules['botocore.config'] = types.SimpleNamespace(Config=dict)
datetime.datetime = Now

module = {}
log = io.StringIO()
with contextlib.redirect_stdout(log):
    exec(given['code'], module)
    html = module['handler'](given['event'], None)
json.dump({'html': html, 'calls': calls, 'log': log.getvalue()}, sys.stdout)
