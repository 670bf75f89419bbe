"""Transfers by DataSync, whose API ministack lacks: recorded, under ARNs of AWS's form. Nothing is copied."""

from ..aws import arn
from ..registry import recorded


def _under_arn(kind, prefix, attribute):
    recorded_arn = lambda name, props: arn('datasync', f'{kind}/{prefix}-{name[-17:]}')  # noqa: E731
    return {'physical_id': recorded_arn, 'attributes': lambda physical_id, props: {attribute: physical_id}}


for location in ('NFS', 'SMB', 'S3', 'EFS'):
    recorded(f'AWS::DataSync::Location{location}', **_under_arn('location', 'loc', 'LocationArn'))
recorded('AWS::DataSync::Task', **_under_arn('task', 'task', 'TaskArn'))
