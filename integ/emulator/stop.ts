import { LocalAws } from './local-aws';
import { main } from './progress';
import { printRecordedOnly } from './recorded-only';

main(async () => {
  const aws = new LocalAws();
  const stopped = await aws.stop();
  console.log(stopped ? `The local AWS on ${aws.url} is stopped.` : `No local AWS of this project runs on ${aws.url}.`);
  if (stopped) printRecordedOnly(aws.recordedOnly());
});
