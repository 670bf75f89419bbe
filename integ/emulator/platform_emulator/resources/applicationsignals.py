"""Service level objectives of Application Signals, whose API ministack lacks: recorded, under ARNs of AWS's form."""

from ..aws import arn
from ..registry import recorded

recorded(
    'AWS::ApplicationSignals::ServiceLevelObjective',
    attributes=lambda physical_id, props: {'Arn': physical_id},
    physical_id=lambda name, props: arn('application-signals', f"slo/{props['Name']}"))
recorded('AWS::ApplicationSignals::Discovery')
