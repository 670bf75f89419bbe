import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { LocalAws, REGION } from '../emulator/local-aws';

/** What CloudWatch says of an alarm that changed. */
export interface Told {
  readonly AlarmName: string;
  readonly AlarmDescription: string;
  readonly NewStateValue: string;
}

/** All that a queue has been told, oldest first. */
export async function toldBy(aws: LocalAws, queue: string): Promise<Told[]> {
  const client = new SQSClient({ endpoint: aws.url, region: REGION, credentials: { accessKeyId: '000000000000', secretAccessKey: 'local' } });
  const told: Told[] = [];
  for (;;) {
    const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl: queue, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }));
    if (Messages.length === 0) return told;
    for (const { Body, ReceiptHandle } of Messages) {
      told.push(JSON.parse(Body ?? '') as Told);
      await client.send(new DeleteMessageCommand({ QueueUrl: queue, ReceiptHandle }));
    }
  }
}
