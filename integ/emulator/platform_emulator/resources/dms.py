"""Replication by DMS, whose API ministack lacks: recorded, under ARNs of AWS's form. Nothing is replicated."""

from ..aws import arn
from ..registry import recorded


def _under_arn(kind):
    return lambda name, props: arn('dms', f"{kind}:{(props.get('ResourceIdentifier') or name).upper()}")


recorded('AWS::DMS::ReplicationSubnetGroup')
recorded('AWS::DMS::Certificate', physical_id=_under_arn('cert'))
recorded('AWS::DMS::ReplicationInstance', physical_id=_under_arn('rep'))
recorded('AWS::DMS::Endpoint', physical_id=_under_arn('endpoint'))
recorded('AWS::DMS::ReplicationTask', physical_id=_under_arn('task'))
