"""Service APIs that ministack lacks, as far as this project's stacks and proofs call them."""

from . import application_autoscaling, wafv2


def install(handlers):
    handlers['application-autoscaling'] = application_autoscaling.handle
    handlers['wafv2'] = wafv2.with_logging(handlers['wafv2'])
