"""The CloudFormation types of this project that ministack lacks or knows only in part, one module per AWS service."""

from ..registry import ADDED, DEEPENED, GUARDED
from . import (  # noqa: F401  importing a module registers its types
    application_autoscaling,
    applicationsignals,
    autoscaling,
    backup,
    chatbot,
    cloudfront,
    cloudwatch,
    datasync,
    dms,
    dynamodb,
    ec2,
    ecs,
    elasticache,
    elasticloadbalancing,
    lambda_,
    logs,
    rds,
    rds_proxy,
    route53,
    s3,
    scheduler,
    secretsmanager,
    sns,
    ssm,
    wafv2,
)


def summary():
    return f'{len(ADDED)} types added to ministack, {len({*DEEPENED, *GUARDED})} deepened'
