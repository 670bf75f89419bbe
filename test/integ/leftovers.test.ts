import type { Standing } from '../../integ/life-cycle/case-life';
import { leftBehind, lost } from '../../integ/life-cycle/leftovers';

const standing = (physicalId: string, retained: boolean): Standing =>
  ({ type: 'AWS::S3::Bucket', logicalId: 'Bucket', stack: 'Stack', physicalId, retained });

describe('after the deletion of a case', () => {
  test('what was there before, and what the stacks keep, is not left behind', () => {
    const kept = [standing('media', true), standing('arn:aws:kms:us-east-1:1:key/0123', true)];
    expect(leftBehind({ 's3.buckets': ['cdk'] }, { 's3.buckets': ['cdk', 'media'], 'kms.keys': ['0123'] }, kept)).toEqual([]);
    expect(lost({ 's3.buckets': ['media'], 'kms.keys': ['0123'] }, kept)).toEqual([]);
  });

  test('what a stack was to delete is found', () => {
    expect(leftBehind({}, { 's3.buckets': ['logs'] }, [standing('logs', false)])).toEqual(['s3.buckets still holds logs after the deletion']);
  });

  test('the logs that RDS itself makes are no stack\'s to delete, and any other is', () => {
    expect(leftBehind({}, { 'logs.groups': ['/aws/rds/cluster/shop/error', '/aws/lambda/shop'] }, []))
      .toEqual(['logs.groups still holds /aws/lambda/shop after the deletion']);
  });

  test('the group of schedules that an account has by itself is no stack\'s, and any other is', () => {
    expect(leftBehind({}, { 'scheduler.schedule_groups': ['default', 'shop'], 'ecs.clusters': ['default'] }, [])).toEqual([
      'scheduler.schedule_groups still holds shop after the deletion', 'ecs.clusters still holds default after the deletion',
    ]);
  });

  test('what a stack was to keep is missed', () => {
    expect(lost({ 's3.buckets': ['logs'] }, [standing('media', true)]))
      .toEqual(['AWS::S3::Bucket Bucket is kept by its stack, but media is gone after the deletion']);
  });
});
