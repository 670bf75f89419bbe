"""The check at start: a release of ministack that lost one of our hooks is refused by name."""

import pytest
from ministack.services import rds
from ministack.services.cloudformation import provisioners, stacks
from platform_emulator import apis, hooks, resources  # noqa: F401  resources registers what hooks check


def test_pinned_release_has_every_hook():
    hooks.check()


def test_missing_hook_is_named(monkeypatch):
    monkeypatch.delattr(stacks, '_runs_on_worker_thread')
    with pytest.raises(hooks.BrokenHook, match=r'services\.cloudformation\.stacks\._runs_on_worker_thread is gone'):
        hooks.check()


def test_missing_store_is_named(monkeypatch):
    monkeypatch.delattr(rds, '_clusters')
    with pytest.raises(hooks.BrokenHook, match=r'services\.rds\._clusters is gone'):
        hooks.check()


def test_changed_parameters_are_named(monkeypatch):
    monkeypatch.setattr(provisioners, '_cw_metric_alarm_record', lambda name: {})
    with pytest.raises(hooks.BrokenHook, match=r'_cw_metric_alarm_record now takes \(name\), we call it with \(name, props\)'):
        hooks.check()


def test_type_that_ministack_lost_is_named_with_the_pin(monkeypatch):
    monkeypatch.delitem(provisioners._RESOURCE_HANDLERS, 'AWS::S3::Bucket')
    with pytest.raises(hooks.BrokenHook, match='(?s)pinned in integ/requirements.txt.*has no create for AWS::S3::Bucket'):
        hooks.check()
