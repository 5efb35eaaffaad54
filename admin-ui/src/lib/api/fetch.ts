import { setConnection } from './connection'
import { unreachable } from './problem'
import { accessToken, renewed } from './tokens'

/** `fetch` with the session: adds the access token, and on a 401 renews it and asks once more. */
export async function apiFetch(input: Request): Promise<Response> {
  const token = await accessToken()
  // A body can be read once: the second try needs its own.
  const again = token ? input.clone() : undefined
  const answer = await send(input, token)
  if (answer.status !== 401 || !token || !again) return answer
  const next = await renewed(token)
  return next ? send(again, next) : answer
}

async function send(request: Request, token: string | undefined): Promise<Response> {
  if (token) request.headers.set('Authorization', `Bearer ${token}`)
  try {
    const answer = await fetch(request)
    setConnection('online')
    return answer
  } catch (error) {
    if (request.signal.aborted) throw error
    setConnection('reconnecting')
    throw unreachable()
  }
}
