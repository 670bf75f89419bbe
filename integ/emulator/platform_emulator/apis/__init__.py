"""Service APIs that ministack lacks, as far as this project's stacks and proofs call them."""

from . import application_autoscaling, autoscaling, cloudwatch, ecs, logs, wafv2


def install(handlers):
    handlers['application-autoscaling'] = application_autoscaling.handle
    handlers['autoscaling'] = autoscaling.with_warm_pools(handlers['autoscaling'])
    handlers['ecs'] = ecs.with_revisions(handlers['ecs'])
    handlers['logs'] = logs.with_queries_and_keys(handlers['logs'])
    handlers['monitoring'] = cloudwatch.with_clock(handlers['monitoring'])
    handlers['wafv2'] = wafv2.with_logging(handlers['wafv2'])
