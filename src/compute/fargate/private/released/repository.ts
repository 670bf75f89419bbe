import { RemovalPolicy } from 'aws-cdk-lib';
import { ImageTagMutabilityExclusionFilter, Repository, RepositoryEncryption, TagMutability, TagStatus } from 'aws-cdk-lib/aws-ecr';
import { Construct } from 'constructs';
import { FIRST, LIVE, PREVIOUS } from './release-code';
import { skipChecks } from '../../../../core/private/acknowledge';
import { ComputeContext } from '../../../../workload';

/** Tags that the platform moves; all others stay on the image that they were pushed with. */
const MOVED = [LIVE, PREVIOUS, FIRST];
/** So many images are kept, and those with a tag of the platform's beyond them: ECR expires no image that a rule of a higher priority is for. */
const KEPT = 500;

/** Where a team's pipeline puts its images. */
export function createRepository(scope: Construct, { encryptionKey, profile }: ComputeContext): Repository {
  const goes = profile.removalPolicy === RemovalPolicy.DESTROY;
  const repository = new Repository(scope, 'Repository', {
    encryption: RepositoryEncryption.KMS,
    encryptionKey,
    imageScanOnPush: true,
    imageTagMutability: TagMutability.IMMUTABLE_WITH_EXCLUSION,
    imageTagMutabilityExclusionFilters: MOVED.map(tag => ImageTagMutabilityExclusionFilter.wildcard(tag)),
    removalPolicy: profile.removalPolicy,
    emptyOnDelete: goes,
  });
  MOVED.forEach(tag => repository.addLifecycleRule({ tagPatternList: [tag], maxImageCount: KEPT }));
  repository.addLifecycleRule({ tagStatus: TagStatus.ANY, maxImageCount: KEPT });
  skipChecks(repository, ['CKV_AWS_51'], 'Tags are immutable but for three that the platform moves: Checkov knows IMMUTABLE alone');
  return repository;
}
