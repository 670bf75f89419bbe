"""The local AWS: ministack, plus the CloudFormation types and service APIs that this project's stacks need of it."""
