import type { JSX } from 'preact'
import { hueColour, personHue } from '../../canvas/colours'
import type { Desk } from '../../desk/desk'
import { Button } from '../kit/ui'

/** Round the canvas, whose view this page follows; and how many follow this person's. */
export function FollowFrame({ desk }: { desk: Pick<Desk, 'presence' | 'state'> }): JSX.Element {
  const { presence, state } = desk
  const leader = presence.following.value
  const followers = presence.followers.value
  const [first] = followers
  return (
    <>
      {leader !== null && (
        <div class="follow-frame" style={{ color: hueColour(personHue(leader)) }} aria-hidden="true" />
      )}
      <div class="follow-signs" role="status">
        {leader !== null && (
          <p class="follow-sign" data-testid="following">
            <i style={{ background: hueColour(personHue(leader)) }} />
            Following {state.name(leader)}
            {presence.inCircle.value && ', who follows you'}
            <Button kind="quiet" onClick={() => presence.leave()} data-testid="stop-following">
              Stop <kbd>Esc</kbd>
            </Button>
          </p>
        )}
        {first && (
          <p
            class="follow-sign"
            title={followers.map(person => person.username).join(', ')}
            data-testid="followers"
          >
            {followers.length === 1
              ? `${first.username} follows you`
              : `${followers.length} people follow you`}
          </p>
        )}
      </div>
    </>
  )
}
