import { LocalAws } from './local-aws';
import { main, step } from './progress';

main(async () => {
  const aws = new LocalAws();
  await step(`starting the local AWS on ${aws.url}`, () => aws.start());
  await step('bootstrapping its account for CDK', () => aws.bootstrap());
  console.log(`The local AWS runs on ${aws.url} (log: ${aws.logFile}). For the CDK and AWS command lines:`);
  console.log(`  export AWS_ENDPOINT_URL=${aws.url} AWS_ACCESS_KEY_ID=000000000000 AWS_SECRET_ACCESS_KEY=local AWS_REGION=us-east-1`);
  console.log('Stop it with: npx projen emulator:stop');
});
