import { DefaultDashboardFactory } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { PlatformFacade, Watching } from './facade';
import { monitoringName } from './names';
import { IMonitorable } from '../../core';

/** What the monitoring of a migration needs. */
export interface MigrationMonitoringProps extends Watching {
  readonly steps: IMonitorable[];
}

/** A migration has a board of its own: the platform's are the same after it. */
export class MigrationMonitoring extends Construct {
  constructor(migration: Construct, id: string, { steps, ...watching }: MigrationMonitoringProps) {
    super(migration, id);
    const name = monitoringName(migration);
    const boards = new DefaultDashboardFactory(this, 'Boards', { dashboardNamePrefix: name });
    const facade = new PlatformFacade(this, 'Facade', { ...watching, alarmNamePrefix: name, boards });
    facade.addLargeHeader(`Migration · ${watching.profile.name}`);
    steps.forEach(step => step.monitorWith(facade));
  }
}
