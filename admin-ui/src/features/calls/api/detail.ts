import { queryOptions } from '@tanstack/react-query'
import { Problem, type Schema, api, take } from '@/lib/api'
import { keys } from './list'

export type Turn = Schema<'Turn'>
export type Recording = Schema<'AudioRecording'>
export type Analysis = Schema<'Analysis'>
export type TranscriptFormat = 'txt' | 'srt' | 'vtt' | 'json' | 'html'

/** The conversation of a page's id: its own, or its call's, as programs may write it. */
export const conversationQuery = (id: string) =>
  queryOptions({
    queryKey: keys.detail(id, 'summary'),
    queryFn: async () => {
      try {
        return await summary(id)
      } catch (error) {
        if (!(error instanceof Problem) || error.status !== 404) throw error
        return summary((await take(api.GET('/calls/{id}', { params: { path: { id } } }))).conversation_id)
      }
    },
  })

const summary = (id: string) => take(api.GET('/conversations/{id}/summary', { params: { path: { id } } }))

export const turnsQuery = (id: string) =>
  queryOptions({
    queryKey: keys.detail(id, 'turns'),
    queryFn: () => take(api.GET('/conversations/{id}/turns', { params: { path: { id } } })),
  })

export const transcriptQuery = (id: string) =>
  queryOptions({
    queryKey: keys.detail(id, 'transcript'),
    queryFn: async (): Promise<Schema<'ConversationTranscript'>> => (await (await transcript(id, 'json')).json()) as Schema<'ConversationTranscript'>,
  })

export const recordingsQuery = (id: string) =>
  queryOptions({
    queryKey: keys.detail(id, 'recordings'),
    queryFn: () => take(api.GET('/conversations/{id}/recordings', { params: { path: { id } } })),
  })

/** Where a recording can be played for a while, on this origin: the policy of the page allows no other. */
export const recordingUrlQuery = (recording: string) =>
  queryOptions({
    // Not below the calls: an address that is asked for anew begins the recording anew.
    queryKey: ['recordings', 'url', recording],
    queryFn: async () => {
      const { url } = await take(api.POST('/recordings/{id}/url', { params: { path: { id: recording } } }))
      const { pathname, search } = new URL(url)
      return pathname + search
    },
    staleTime: Number.POSITIVE_INFINITY,
  })

export const costQuery = (id: string) =>
  queryOptions({
    queryKey: keys.detail(id, 'usage'),
    queryFn: () => take(api.GET('/conversations/{id}/usage', { params: { path: { id } } })),
  })

export const analysesQuery = (id: string) =>
  queryOptions({
    queryKey: keys.detail(id, 'analyses'),
    queryFn: () => take(api.GET('/conversations/{id}/analyses', { params: { path: { id }, query: { limit: 20 } } })),
    refetchInterval: ({ state }) => (state.data?.items.some(isUnderWay) ? 2_000 : false),
  })

export function isUnderWay({ state }: Analysis): boolean {
  return state === 'queued' || state === 'running'
}

export function requestAnalysis(id: string, instructions: string | null | undefined): Promise<Analysis> {
  return take(api.POST('/conversations/{id}/analyses', { params: { path: { id } }, body: instructions === undefined ? {} : { instructions } }))
}

/** The transcript as a file. */
export async function transcript(id: string, format: TranscriptFormat): Promise<Response> {
  return take(api.GET('/conversations/{id}/transcript', { params: { path: { id }, query: { format } }, parseAs: 'stream' }).then(({ response, error }) => ({ data: response, error, response })))
}

/** The recording's words, anew. */
export function transcribeAgain(recording: string) {
  return take(api.POST('/recordings/{id}/transcribe', { params: { path: { id: recording } }, body: {} }))
}

export function deleteRecording(recording: string) {
  return take(api.DELETE('/recordings/{id}', { params: { path: { id: recording } } }))
}
