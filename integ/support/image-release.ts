import { CfnRepository } from 'aws-cdk-lib/aws-ecr';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';

/** How a team releases an image of an application. */
export interface DeployedImages {
  readonly repositoryName: string;
  readonly functionName: string;
}

/** What the pipeline of an application asks whose image its team releases. */
export function imageReleaseOf(application: IConstruct): DeployedImages {
  const below = application.node.findAll();
  const repository = below.find((each): each is CfnRepository => each instanceof CfnRepository);
  const release = below.find((each): each is CfnFunction => each instanceof CfnFunction && each.node.path.includes('/Releases/'));
  if (repository === undefined || release === undefined) throw new Error('expected a repository of images and a function that releases them');
  return { repositoryName: repository.ref, functionName: release.ref };
}
