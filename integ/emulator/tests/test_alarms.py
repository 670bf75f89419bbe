"""Alarms change as data says, and tell whom they are to tell."""

import json
import time

import pytest

NAMESPACE = 'AWS/ApplicationELB'
TO_QUEUE = {'Effect': 'Allow', 'Principal': {'Service': 'sns.amazonaws.com'}, 'Action': 'sqs:SendMessage',
            'Resource': {'Fn::GetAtt': ['Queue', 'Arn']}, 'Condition': {'ArnEquals': {'aws:SourceArn': {'Ref': 'Topic'}}}}


def stat(name, metric, dimension, period=60, statistic='Sum'):
    return {'Id': name, 'ReturnData': False, 'MetricStat': {'Stat': statistic, 'Period': period, 'Metric': {
        'Namespace': NAMESPACE, 'MetricName': metric, 'Dimensions': [{'Name': 'LoadBalancer', 'Value': dimension}]}}}


def alarm(balancer, *, expression='IF(requests > 20, 100 * (FILL(own, 0) + FILL(units, 0)) / requests)', period=60, **more):
    """Failed requests of a load balancer in percent, of at least 20."""
    return {'Type': 'AWS::CloudWatch::Alarm', 'Properties': {
        'Metrics': [
            {'Id': 'failed', 'Expression': expression, 'ReturnData': True}, stat('requests', 'RequestCount', balancer, period),
            stat('own', 'HTTPCode_ELB_5XX_Count', balancer, period), stat('units', 'HTTPCode_Target_5XX_Count', balancer, period)],
        'AlarmDescription': 'Customers see errors. Owner: Storefront', 'Threshold': 5, 'ComparisonOperator': 'GreaterThanThreshold',
        'EvaluationPeriods': 3, 'DatapointsToAlarm': 1, 'TreatMissingData': 'notBreaching', 'AlarmActions': [{'Ref': 'Topic'}],
        'OKActions': [{'Ref': 'Topic'}], **more}}


def platform(balancer, **more):
    return {
        'Key': {'Type': 'AWS::KMS::Key', 'Properties': {'KeyPolicy': {'Statement': []}}},
        'Topic': {'Type': 'AWS::SNS::Topic', 'Properties': {'KmsMasterKeyId': {'Fn::GetAtt': ['Key', 'Arn']}}},
        'Queue': {'Type': 'AWS::SQS::Queue', 'Properties': {'KmsMasterKeyId': {'Fn::GetAtt': ['Key', 'Arn']}}},
        'MaySend': {'Type': 'AWS::SQS::QueuePolicy', 'Properties': {
            'Queues': [{'Ref': 'Queue'}], 'PolicyDocument': {'Version': '2012-10-17', 'Statement': [TO_QUEUE]}}},
        'Subscription': {'Type': 'AWS::SNS::Subscription', 'Properties': {
            'Protocol': 'sqs', 'TopicArn': {'Ref': 'Topic'}, 'Endpoint': {'Fn::GetAtt': ['Queue', 'Arn']},
            'FilterPolicyScope': 'MessageBody', 'FilterPolicy': {'NewStateValue': ['ALARM', 'OK'], 'OldStateValue': ['ALARM', 'OK']}}},
        'Failed': {**alarm(balancer, **more), 'DependsOn': ['Subscription', 'MaySend']},
        'Symptom': {'Type': 'AWS::CloudWatch::CompositeAlarm', 'Properties': {
            'AlarmRule': {'Fn::Sub': 'ALARM("${Failed.Arn}")'}, 'ActionsEnabled': False}},
    }


@pytest.fixture
def put(aws):
    def put(balancer, metric, value, ago=0):
        aws('cloudwatch').put_metric_data(Namespace=NAMESPACE, MetricData=[{
            'MetricName': metric, 'Value': value, 'Timestamp': time.time() - ago,
            'Dimensions': [{'Name': 'LoadBalancer', 'Value': balancer}]}])
    return put


@pytest.fixture
def state(aws, stack):
    def state(logical_id):
        found = aws('cloudwatch').describe_alarms(AlarmNames=[stack.id_of(logical_id)], AlarmTypes=['CompositeAlarm', 'MetricAlarm'])
        return [*found['MetricAlarms'], *found['CompositeAlarms']][0]['StateValue']
    return state


def messages(aws, stack):
    received = aws('sqs').receive_message(QueueUrl=stack.id_of('Queue'), MaxNumberOfMessages=10).get('Messages', [])
    return [json.loads(json.loads(each['Body'])['Message']) for each in received]


def test_alarm_on_metric_math_is_raised_tells_and_raises_what_stands_on_it(aws, stack, put, state):
    assert stack.deploy(platform('app/raised/1')) == 'CREATE_COMPLETE', stack.reasons()
    assert (state('Failed'), state('Symptom')) == ('OK', 'OK')
    put('app/raised/1', 'RequestCount', 100)
    put('app/raised/1', 'HTTPCode_ELB_5XX_Count', 4)
    assert state('Failed') == 'OK'
    put('app/raised/1', 'HTTPCode_Target_5XX_Count', 4)
    assert (state('Failed'), state('Symptom')) == ('ALARM', 'ALARM')
    told, = messages(aws, stack)
    assert (told['AlarmName'], told['NewStateValue'], told['OldStateValue']) == (stack.id_of('Failed'), 'ALARM', 'OK')
    assert told['AlarmDescription'] == 'Customers see errors. Owner: Storefront'
    failed = aws('cloudwatch').describe_alarms(AlarmNames=[stack.id_of('Failed')])['MetricAlarms'][0]
    assert failed['StateTransitionedTimestamp'] >= failed['AlarmConfigurationUpdatedTimestamp']
    assert '8' in failed['StateReason']


def test_few_requests_raise_nothing(stack, put, state):
    assert stack.deploy(platform('app/few/1')) == 'CREATE_COMPLETE', stack.reasons()
    put('app/few/1', 'RequestCount', 20)
    put('app/few/1', 'HTTPCode_ELB_5XX_Count', 20)
    assert state('Failed') == 'OK'


def test_metrics_of_other_dimensions_raise_nothing(stack, put, state):
    assert stack.deploy(platform('app/mine/1')) == 'CREATE_COMPLETE', stack.reasons()
    put('app/other/1', 'RequestCount', 100)
    put('app/other/1', 'HTTPCode_ELB_5XX_Count', 100)
    assert state('Failed') == 'OK'


def test_so_many_periods_of_so_many_must_breach(stack, put, state):
    assert stack.deploy(platform('app/two/1', DatapointsToAlarm=2)) == 'CREATE_COMPLETE', stack.reasons()
    for ago, expected in ((0, 'OK'), (70, 'ALARM')):
        put('app/two/1', 'RequestCount', 100, ago)
        put('app/two/1', 'HTTPCode_ELB_5XX_Count', 50, ago)
        assert state('Failed') == expected


def test_an_alarm_is_over_once_its_data_is_old_and_nobody_puts_any(aws, stack, put, state):
    quick = platform('app/old/1')
    quick['Failed'] = {**alarm('app/old/1', period=1, EvaluationPeriods=1), 'DependsOn': ['Subscription', 'MaySend']}
    assert stack.deploy(quick) == 'CREATE_COMPLETE', stack.reasons()
    put('app/old/1', 'RequestCount', 100)
    put('app/old/1', 'HTTPCode_ELB_5XX_Count', 50)
    assert state('Failed') == 'ALARM'
    told = messages(aws, stack)
    for _ in range(100):
        told += messages(aws, stack)
        if len(told) == 2:
            break
        time.sleep(0.1)
    assert [each['NewStateValue'] for each in told] == ['ALARM', 'OK']
    assert (state('Failed'), state('Symptom')) == ('OK', 'OK')


def test_without_data_an_alarm_is_as_it_treats_what_is_missing(stack, state):
    for treatment, expected in (('missing', 'INSUFFICIENT_DATA'), ('breaching', 'ALARM'), ('notBreaching', 'OK'), ('ignore', 'OK')):
        assert stack.deploy(platform('app/silent/1', TreatMissingData=treatment, EvaluationPeriods=1)).endswith('COMPLETE'), stack.reasons()
        assert state('Failed') == expected, treatment


def slow(balancer):
    return {'Failed': {'Type': 'AWS::CloudWatch::Alarm', 'Properties': {
        'Namespace': NAMESPACE, 'MetricName': 'TargetResponseTime', 'ExtendedStatistic': 'p99', 'Period': 60, 'Threshold': 2,
        'Dimensions': [{'Name': 'LoadBalancer', 'Value': balancer}], 'EvaluationPeriods': 1,
        'ComparisonOperator': 'GreaterThanThreshold'}}}


def test_alarm_on_one_metric_minds_its_dimensions_and_its_statistic(stack, put, state):
    assert stack.deploy(slow('app/slow/1')) == 'CREATE_COMPLETE', stack.reasons()
    assert state('Failed') == 'INSUFFICIENT_DATA'
    put('app/quick/1', 'TargetResponseTime', 9)
    assert state('Failed') == 'INSUFFICIENT_DATA'
    for _ in range(9):
        put('app/slow/1', 'TargetResponseTime', 0.1)
    assert state('Failed') == 'OK'
    # 1 s on average, but one in ten is slow.
    put('app/slow/1', 'TargetResponseTime', 9)
    assert state('Failed') == 'ALARM'


def test_an_alarm_looks_further_back_when_the_last_period_has_no_data(stack, put, state):
    assert stack.deploy(slow('app/late/1')) == 'CREATE_COMPLETE', stack.reasons()
    put('app/late/1', 'TargetResponseTime', 9, ago=200)
    assert state('Failed') == 'INSUFFICIENT_DATA'
    put('app/late/1', 'TargetResponseTime', 9, ago=150)
    assert state('Failed') == 'ALARM'


def test_expression_on_expressions_is_evaluated(stack, put, state):
    nested = platform('app/nested/1')
    metrics = nested['Failed']['Properties']['Metrics']
    metrics[0] = {'Id': 'failed', 'Expression': 'share * 100', 'ReturnData': True}
    metrics.append({'Id': 'share', 'Expression': 'SUM([own, units]) / requests', 'ReturnData': False})
    assert stack.deploy(nested) == 'CREATE_COMPLETE', stack.reasons()
    put('app/nested/1', 'HTTPCode_ELB_5XX_Count', 9)
    assert state('Failed') == 'OK'
    put('app/nested/1', 'RequestCount', 100)
    assert state('Failed') == 'ALARM'


@pytest.mark.parametrize(('expression', 'told'), [
    ('ANOMALY_DETECTION_BAND(requests, 2)', 'ANOMALY_DETECTION_BAND(requests, 2)'),
    ('what * 2', 'what is missing, or part of itself'),
    ('failed * 2', 'failed is missing, or part of itself'),
    ('SUM(requests)', 'failed is no time series'),
])
def test_what_cannot_be_evaluated_stays_as_it_is_and_the_log_says_why(local_aws, stack, put, state, expression, told):
    assert stack.deploy(platform('app/unknown/1', Metrics=alarm('app/unknown/1', expression=expression)['Properties']['Metrics'])) == 'CREATE_COMPLETE', stack.reasons()
    put('app/unknown/1', 'RequestCount', 100)
    assert state('Failed') == 'INSUFFICIENT_DATA'
    log = (local_aws[1] / 'emulator.log').read_text()
    lines = [line for line in log.splitlines() if stack.id_of('Failed') in line and 'is not evaluated' in line]
    assert len(lines) == 1 and told in lines[0]
