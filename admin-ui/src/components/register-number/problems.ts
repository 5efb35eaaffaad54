import { asProblem } from '@/lib/api'

export interface Trouble {
  title: string
  /** What to do about it. */
  advice: string
  /** The field of the form that it is about. */
  field?: 'phone_number' | 'account_sid' | 'auth_token' | 'configure'
}

const TROUBLES: Record<string, Trouble> = {
  twilio_credentials: {
    title: 'Twilio does not accept this Account SID and Auth Token',
    advice: 'Copy both from the start page of Twilio’s console, under Account Info. Use the live credentials, and the primary Auth Token: not an API key, not the test credentials.',
    field: 'auth_token',
  },
  twilio_account_suspended: {
    title: 'Twilio has suspended this account',
    advice: 'Its numbers take no calls until Twilio lifts that: look for a message or an open bill in Twilio’s console.',
    field: 'account_sid',
  },
  twilio_account_closed: {
    title: 'This Twilio account is closed',
    advice: 'A closed account cannot be opened again. Use the account that has the number now.',
    field: 'account_sid',
  },
  number_not_in_account: {
    title: 'This account does not own the number',
    advice: 'Compare the number with Phone Numbers → Active numbers in Twilio’s console. If a subaccount owns it, use that subaccount’s SID and token.',
    field: 'phone_number',
  },
  number_without_voice: {
    title: 'This number cannot take calls',
    advice: 'It is for messages only. Choose a number with the Voice capability, or buy one in Twilio’s console.',
    field: 'phone_number',
  },
  number_taken: {
    title: 'This number is registered already',
    advice: 'Look for it in the list of phone numbers. If it is not there, another organisation on this server has it, and has to remove it first.',
    field: 'phone_number',
  },
  public_url_missing: {
    title: 'The server does not know its own public address',
    advice: 'Whoever runs it sets PUBLIC_URL to an address that Twilio can reach (https://…). Until then, register the number with manual set-up.',
    field: 'configure',
  },
  twilio_rate_limited: { title: 'Twilio is asked too often at the moment', advice: 'Wait a minute and try again.' },
  twilio_unreachable: { title: 'Twilio cannot be reached', advice: 'Try again in a minute. status.twilio.com tells whether it has trouble.' },
  twilio_failed: { title: 'Twilio failed', advice: 'Try again in a minute. status.twilio.com tells whether it has trouble.' },
}

/** What a problem with a number means, in words, where its code is one of Twilio's or of numbers. */
export function troubleOf(error: unknown): Trouble | undefined {
  return TROUBLES[asProblem(error).code]
}
