/** Questions to the service. The token is known to this page alone, and as long as it is open. */

let token = "";

export const setToken = (value) => { token = value; };

/** An answer that is not the one asked for: `status` (0: none came), `problem` (RFC 9457), `wait` in seconds, if told. */
export class Trouble extends Error {
  constructor(status, problem = {}, wait = null) {
    super(problem.title ?? String(status));
    this.status = status;
    this.problem = problem;
    this.wait = wait;
  }
}

/** The JSON of an answer with status 200. Throws Trouble. */
export async function ask(path, { body, signal } = {}) {
  const headers = { Accept: "application/json" };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let response;
  try {
    response = await fetch(path, { method: body === undefined ? "GET" : "POST", headers, body, signal, cache: "no-store", redirect: "error" });
    if (response.ok) return await response.json();
  } catch (error) {
    throw new Trouble(0);
  }
  const problem = await response.json().catch(() => ({}));
  const wait = Number.parseInt(response.headers.get("Retry-After") ?? "", 10);
  throw new Trouble(response.status, problem ?? {}, Number.isNaN(wait) ? null : wait);
}
