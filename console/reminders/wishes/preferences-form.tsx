/** One set of wishes, to look at and to change. */
import { Button, Flex, Form, Input, Popconfirm, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ZONE_OPTIONS } from '../../zones';
import { EventsSelect } from './events-select';
import {
  RELATIONS,
  silentFor,
  useForgetPreferences,
  useSavePreferences,
  withSilent,
  type Preferences,
  type QuietHours,
} from './preferences';
import { QuietHoursInput } from './quiet-hours';

/** The quiet hours move with the person: the API fills the zone in anew. */
const withoutZone = ({ timeZone: _zone, ...hours }: QuietHours): QuietHours => hours;

export interface PreferencesFormProps {
  dockingId: string;
  /** Null: everybody. */
  employeeId: string | null;
  kept: Preferences;
  readOnly: boolean;
}

export function PreferencesForm({ dockingId, employeeId, kept, readOnly }: PreferencesFormProps): ReactNode {
  const { t } = useTranslation('reminders');
  const [draft, setDraft] = useState(kept);
  const save = useSavePreferences(dockingId, employeeId);
  const put = (changes: Partial<Preferences>): void => setDraft({ ...draft, ...changes });
  const { digest } = draft;
  return (
    <Form layout="vertical" style={{ maxWidth: 900 }}>
      <Form.Item label={t('wishes.quietHours')} extra={t('wishes.quietWhat')}>
        <QuietHoursInput
          value={draft.quietHours}
          readOnly={readOnly}
          onChange={(quietHours) => put({ quietHours })}
        />
      </Form.Item>
      <Flex gap="middle" wrap>
        <Form.Item label={t('wishes.language')}>
          <Select<'both' | 'zh' | 'en'>
            aria-label={t('wishes.language')}
            style={{ width: 200 }}
            value={draft.language ?? 'both'}
            disabled={readOnly}
            options={[
              { value: 'both', label: t('wishes.bothLanguages') },
              { value: 'zh', label: '中文' },
              { value: 'en', label: 'English' },
            ]}
            onChange={(language) => put({ language: language === 'both' ? null : language })}
          />
        </Form.Item>
        <Form.Item label={t('wishes.timeZone')}>
          <Select<string>
            aria-label={t('wishes.timeZone')}
            allowClear
            showSearch
            placeholder={t('wishes.companyZone')}
            style={{ width: 240 }}
            value={draft.timeZone}
            disabled={readOnly}
            options={ZONE_OPTIONS}
            onChange={(timeZone: string | undefined) =>
              put({
                timeZone: timeZone ?? null,
                quietHours: draft.quietHours && withoutZone(draft.quietHours),
              })
            }
          />
        </Form.Item>
        <Form.Item label={t('wishes.digest')}>
          <Flex gap="small">
            <Select<'none' | 'hour' | 'day'>
              aria-label={t('wishes.digest')}
              style={{ width: 200 }}
              value={digest?.every ?? 'none'}
              disabled={readOnly}
              options={(['none', 'hour', 'day'] as const).map((value) => ({
                value,
                label: t(`wishes.every.${value}`),
              }))}
              onChange={(every) =>
                put({ digest: every === 'none' ? null : { every, at: digest?.at ?? null } })
              }
            />
            {digest && (
              <Input
                type="time"
                aria-label={t('wishes.digestAt')}
                style={{ width: 120 }}
                value={digest.at ?? ''}
                disabled={readOnly}
                onChange={({ target }) => put({ digest: { ...digest, at: target.value || null } })}
              />
            )}
          </Flex>
        </Form.Item>
      </Flex>
      {RELATIONS.map((relation) => (
        <Form.Item key={relation} label={t(`wishes.silent.${relation}`)}>
          <EventsSelect
            others
            label={t(`wishes.silent.${relation}`)}
            value={silentFor(draft, relation)}
            readOnly={readOnly}
            onChange={(silent) => put({ events: withSilent(draft.events, relation, silent) })}
          />
        </Form.Item>
      ))}
      <Form.Item label={t('wishes.floor')} extra={t('wishes.floorWhat')}>
        <EventsSelect
          others={false}
          label={t('wishes.floor')}
          value={draft.floor}
          readOnly={readOnly || employeeId !== null}
          onChange={(floor) => put({ floor })}
        />
      </Form.Item>
      {!readOnly && (
        <Flex gap="small">
          <Button
            type="primary"
            disabled={JSON.stringify(draft) === JSON.stringify(kept)}
            loading={save.isPending}
            onClick={() => save.mutate(draft)}
          >
            {t('save', { ns: 'console' })}
          </Button>
          {employeeId !== null && kept.own === true && (
            <ForgetButton dockingId={dockingId} employeeId={employeeId} />
          )}
        </Flex>
      )}
    </Form>
  );
}

function ForgetButton({ dockingId, employeeId }: { dockingId: string; employeeId: string }): ReactNode {
  const { t } = useTranslation('reminders');
  const forget = useForgetPreferences(dockingId, employeeId);
  return (
    <Popconfirm title={t('wishes.forgetSure')} onConfirm={() => forget.mutate()}>
      <Button loading={forget.isPending}>{t('wishes.forget')}</Button>
    </Popconfirm>
  );
}
