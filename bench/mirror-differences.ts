import type { Campaign, MirroredPerson, TruePerson } from './campaign';

const FIELDS = ['name', 'email', 'mobile', 'jobTitle'] as const;

/** Rows of the mirror that are missing, too many, or other than the truth. */
export async function differences(campaign: Campaign): Promise<{ mirrored: number; differing: string[] }> {
  const mirror = new Map(
    (await campaign.mirror()).filter(({ state }) => state !== 'left').map((one) => [one.employeeId, one]),
  );
  const truth = new Map((await campaign.truth()).map((one) => [one.openId, one]));
  const differing: string[] = [];
  for (const [id, person] of truth) {
    const row = mirror.get(id);
    if (!row) differing.push(`${id} is missing`);
    else differing.push(...fieldsThatDiffer(person, row).map((field) => `${id} differs in ${field}`));
  }
  for (const id of mirror.keys()) if (!truth.has(id)) differing.push(`${id} should not be there`);
  return { mirrored: mirror.size, differing };
}

function fieldsThatDiffer(person: TruePerson, row: MirroredPerson): string[] {
  const plain = FIELDS.filter((field) => (row[field] ?? '') !== person[field]);
  const departments =
    [...(row.departmentIds ?? [])].sort().join() === [...person.departmentIds].sort().join();
  return departments ? plain : [...plain, 'departmentIds'];
}
