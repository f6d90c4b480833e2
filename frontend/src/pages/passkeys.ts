/** Forms with `data-passkey`: the browser asks for a passkey, and the form then carries what the device answered. */

type Purpose = 'create' | 'use' | 'sign-in'

interface CreationOptions {
  readonly publicKey: PublicKeyCredentialCreationOptionsJSON
}
interface RequestOptions {
  readonly publicKey: PublicKeyCredentialRequestOptionsJSON
}

const NOT_HERE = 'This browser has no passkeys here: they need HTTPS, and a browser of 2025 or later.'
const GIVEN_UP = 'The passkey was not used. Try again, or go another way.'

/** A passkey that signs in by itself is kept on the device, which asks who is there. */
const BY_ITSELF: AuthenticatorSelectionCriteria = {
  residentKey: 'required',
  requireResidentKey: true,
  userVerification: 'required',
}

function watch(form: HTMLFormElement): void {
  form.addEventListener('submit', event => {
    event.preventDefault()
    void answer(form)
  })
}

async function answer(form: HTMLFormElement): Promise<void> {
  const said = form.querySelector('[role=alert]')
  const field = form.querySelector<HTMLInputElement>('input[name=credential]')
  if (!said || !field) return
  said.textContent = ''
  if (typeof PublicKeyCredential === 'undefined' || !PublicKeyCredential.parseRequestOptionsFromJSON) {
    said.textContent = NOT_HERE
    return
  }
  try {
    const found = await ask(form, form.dataset.passkey as Purpose)
    field.value = JSON.stringify((found as PublicKeyCredential).toJSON())
  } catch {
    said.textContent = GIVEN_UP
    return
  }
  form.submit()
}

async function ask(form: HTMLFormElement, purpose: Purpose): Promise<Credential | null> {
  if (purpose === 'create') {
    const { publicKey } = JSON.parse(form.dataset.options ?? '') as CreationOptions
    const wanted = {
      ...publicKey,
      authenticatorSelection: { ...publicKey.authenticatorSelection, ...BY_ITSELF },
    }
    return navigator.credentials.create({
      publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(wanted),
    })
  }
  const { publicKey } =
    purpose === 'use' ? (JSON.parse(form.dataset.options ?? '') as RequestOptions) : await anyones(form)
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) })
}

/** Asks the server for what a device needs to say whose passkey it has. */
async function anyones(form: HTMLFormElement): Promise<RequestOptions> {
  const answer = await fetch(form.action, { headers: { Accept: 'application/json' } })
  if (!answer.ok) throw new Error(answer.statusText)
  return ((await answer.json()) as { request_options: RequestOptions }).request_options
}

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-passkey]')) watch(form)
