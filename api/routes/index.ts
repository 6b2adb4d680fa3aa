import type { Routes } from './route';
import type { ApiPorts } from '../ports';
import { registerAgents } from './agents';
import { registerAudit } from './audit';
import { registerBindings } from './bindings';
import { registerChecklist } from './checklist';
import { registerDeliveries } from './deliveries';
import { registerDirectory } from './directory';
import { registerDockings } from './dockings';
import { registerFeishuCallbacks } from './feishu-callbacks';
import { registerHealth } from './health';
import { registerNotificationSettings } from './notification-settings';
import { registerOnboarding } from './onboarding';
import { registerReminderTrials } from './reminder-trials';
import { registerReminders } from './reminders';
import { registerTicketEvents } from './ticket-events';
import { registerTicketPushes } from './ticket-pushes';
import { registerTokens } from './tokens';

export function registerRoutes(app: Routes, ports: ApiPorts): void {
  registerHealth(app, ports);
  registerTokens(app, ports);
  registerDockings(app, ports);
  registerChecklist(app, ports);
  registerOnboarding(app, ports);
  registerDirectory(app, ports);
  registerAgents(app, ports);
  registerBindings(app, ports);
  registerNotificationSettings(app, ports);
  registerReminders(app, ports);
  registerReminderTrials(app, ports);
  registerTicketEvents(app, ports);
  registerDeliveries(app, ports);
  registerAudit(app, ports);
  registerFeishuCallbacks(app, ports);
  registerTicketPushes(app, ports);
}
