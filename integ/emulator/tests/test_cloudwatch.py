import json

import pytest

METRICS = [
    {'Id': 'rate', 'Expression': '100 * errors / requests', 'Label': 'errors, %', 'ReturnData': True},
    *({'Id': name, 'ReturnData': False, 'MetricStat': {'Stat': 'Sum', 'Period': '60', 'Metric': {
        'Namespace': 'AWS/ApplicationELB', 'MetricName': metric, 'Dimensions': [{'Name': 'LoadBalancer', 'Value': 'app/x/1'}]}}}
      for name, metric in (('errors', 'HTTPCode_Target_5XX_Count'), ('requests', 'RequestCount'))),
]


def board(threshold=1):
    return {
        'Topic': {'Type': 'AWS::SNS::Topic'},
        'Rate': {'Type': 'AWS::CloudWatch::Alarm', 'Properties': {
            'Metrics': METRICS, 'Threshold': threshold, 'EvaluationPeriods': 3, 'DatapointsToAlarm': 2,
            'ComparisonOperator': 'GreaterThanThreshold', 'TreatMissingData': 'notBreaching',
            'AlarmActions': [{'Ref': 'Topic'}]}},
        'Cpu': {'Type': 'AWS::CloudWatch::Alarm', 'Properties': {
            'Namespace': 'AWS/RDS', 'MetricName': 'CPUUtilization', 'Statistic': 'Average', 'Period': 60, 'Threshold': 80,
            'EvaluationPeriods': 5, 'ComparisonOperator': 'GreaterThanThreshold', 'AlarmActions': [{'Ref': 'Topic'}]}},
        'Any': {'Type': 'AWS::CloudWatch::CompositeAlarm', 'Properties': {
            'AlarmRule': {'Fn::Sub': 'ALARM("${Rate.Arn}") OR ALARM("${Cpu.Arn}")'}, 'AlarmActions': [{'Ref': 'Topic'}]}},
        'Board': {'Type': 'AWS::CloudWatch::Dashboard', 'Properties': {
            'DashboardBody': {'Fn::Sub': '{"widgets":[{"type":"text","properties":{"markdown":"${Topic}"}}]}'}}},
    }


@pytest.fixture
def deployed(stack):
    assert stack.deploy(board()) == 'CREATE_COMPLETE', stack.reasons()
    return stack


def alarm(aws, name, kind='MetricAlarm'):
    return aws('cloudwatch').describe_alarms(AlarmNames=[name], AlarmTypes=[kind])[f'{kind}s'][0]


def test_alarm_on_metric_math_comes_back_as_declared(aws, deployed):
    found = alarm(aws, deployed.id_of('Rate'))
    assert [each['Id'] for each in found['Metrics']] == ['rate', 'errors', 'requests']
    assert found['Metrics'][0]['Expression'] == '100 * errors / requests'
    assert found['Metrics'][1]['MetricStat']['Period'] == 60
    assert (found['Threshold'], found['EvaluationPeriods'], found['DatapointsToAlarm']) == (1.0, 3, 2)
    assert found['AlarmActions'] == [deployed.id_of('Topic')]
    assert found['TreatMissingData'] == 'notBreaching'
    assert 'MetricName' not in found


def test_alarm_on_metric_math_is_updated_in_place(aws, deployed):
    before = deployed.id_of('Rate')
    assert deployed.deploy(board(threshold=5)) == 'UPDATE_COMPLETE', deployed.reasons()
    assert deployed.id_of('Rate') == before
    assert alarm(aws, before)['Threshold'] == 5.0


def test_ordinary_alarm_comes_back_as_declared(aws, deployed):
    found = alarm(aws, deployed.id_of('Cpu'))
    assert (found['Namespace'], found['MetricName'], found['Threshold']) == ('AWS/RDS', 'CPUUtilization', 80.0)
    assert found['AlarmActions'] == [deployed.id_of('Topic')]


def test_composite_alarm_comes_back_as_declared_and_goes_with_the_stack(aws, deployed):
    name = deployed.id_of('Any')
    found = alarm(aws, name, 'CompositeAlarm')
    assert deployed.id_of('Rate') in found['AlarmRule'] and deployed.id_of('Cpu') in found['AlarmRule']
    assert found['AlarmActions'] == [deployed.id_of('Topic')]
    assert deployed.delete() == 'DELETE_COMPLETE'
    left = aws('cloudwatch').describe_alarms(AlarmNames=[name], AlarmTypes=['CompositeAlarm', 'MetricAlarm'])
    assert left['CompositeAlarms'] == left['MetricAlarms'] == []


def test_dashboard_body_comes_back(aws, deployed):
    body = json.loads(aws('cloudwatch').get_dashboard(DashboardName=deployed.id_of('Board'))['DashboardBody'])
    assert body['widgets'][0]['properties']['markdown'] == deployed.id_of('Topic')
