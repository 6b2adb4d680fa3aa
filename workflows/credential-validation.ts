import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { runChecks } from './checks';
import type { CredentialValidationInput, CredentialValidationReport } from './messages';
import { SEARCH_ATTRIBUTES } from './names';
import { checklistDetails } from './narrate';

/** Proves from the platform itself that the Feishu app is set up right. Ends in seconds with a verdict per item. */
export async function credentialValidation(
  input: CredentialValidationInput,
): Promise<CredentialValidationReport> {
  setCurrentDetails(`Checking because: ${input.reason}, asked by ${input.requestedBy}.`);
  const report = await runChecks(input.dockingId);
  setCurrentDetails(checklistDetails(report));
  upsertSearchAttributes([{ key: SEARCH_ATTRIBUTES.attention, value: report.drifted.length > 0 }]);
  return report;
}
