"""The public parameters of Amazon's images that templates ask for, beside the two that ministack has."""

from ministack.services import ssm

from ..registry import uses

_IMAGES = uses(ssm, '_PUBLIC_AMI_PARAMETERS')
_FOLDER = '/aws/service/ami-amazon-linux-latest'

_IMAGES.update({
    f'{_FOLDER}/al2023-ami-kernel-6.1-x86_64': 'ami-0c2023a1b2c3d4e5f',
    f'{_FOLDER}/al2023-ami-kernel-6.1-arm64': 'ami-0a2023a1b2c3d4e5f',
})
