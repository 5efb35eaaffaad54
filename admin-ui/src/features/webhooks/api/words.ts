import type { BadgeTone } from '@/components/ui/badge'
import type { DeliveryState, Endpoint } from './webhooks'

export const STATES: Record<DeliveryState, { label: string; tone: BadgeTone }> = {
  pending: { label: 'Pending', tone: 'warning' },
  delivered: { label: 'Delivered', tone: 'success' },
  dead: { label: 'Given up', tone: 'destructive' },
}

const DISABLED: Record<string, string> = {
  by_hand: 'Somebody disabled it.',
  gone: 'It answered 410 Gone, which asks for no more messages.',
  failing: 'It took nothing for five days.',
}

/** Why it is told nothing. */
export function disabledReason(reason: string | null | undefined): string {
  return (reason && DISABLED[reason]) ?? 'It is told nothing.'
}

export type EndpointState = 'enabled' | 'failing' | 'disabled'

export function endpointState({ is_enabled, failing_since }: Pick<Endpoint, 'is_enabled' | 'failing_since'>): EndpointState {
  if (!is_enabled) return 'disabled'
  return failing_since ? 'failing' : 'enabled'
}

const ERRORS: Record<string, string> = {
  status: 'It answered, but not with 2xx',
  redirect: 'It redirected, and no redirect is followed',
  gone: 'It answered 410 Gone',
  timeout: 'No answer within 15 seconds',
  invalid_address: 'The address cannot be used',
  blocked_address: 'The address is not in a public network',
  connect: 'No connection',
  endpoint_disabled: 'The endpoint is disabled',
}

/** What an error's name means, for people. */
export function deliveryError(error: string): string {
  return ERRORS[error] ?? error.replaceAll('_', ' ').replace(/^./, (first) => first.toUpperCase())
}

export function eventsShown(types: readonly string[]): string {
  if (types.includes('*')) return 'All events'
  return types.length === 1 ? (types[0] ?? '') : `${types.length} types of events`
}

/** JSON with line breaks; what is no JSON stays as it is. */
export function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
