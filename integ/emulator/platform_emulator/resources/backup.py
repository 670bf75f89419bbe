"""What a backup plan covers."""

from ..aws import client, gone_is_fine, pick
from ..registry import Resource, resource


@resource('AWS::Backup::BackupSelection')
class BackupSelection(Resource):
    def create(self, at, props):
        selection = pick(props['BackupSelection'], 'SelectionName', 'IamRoleArn', 'Resources', 'NotResources', 'ListOfTags',
                         'Conditions')
        made = client('backup').create_backup_selection(BackupPlanId=props['BackupPlanId'], BackupSelection=selection)
        physical_id = f"{made['SelectionId']}_{props['BackupPlanId']}"
        return physical_id, {'Id': physical_id, 'SelectionId': made['SelectionId'], 'BackupPlanId': props['BackupPlanId']}

    def delete(self, physical_id, props):
        selection, _, plan = physical_id.partition('_')
        with gone_is_fine():
            client('backup').delete_backup_selection(BackupPlanId=plan, SelectionId=selection)
