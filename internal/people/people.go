// Package people knows who may sign in and what they may do: users, their roles in shops, and the one-time
// links by which they come in.
//
// It exists so that the rules of entering stand apart from the pages that show them and the SQL that keeps
// them. It must not know HTTP, and must never log or return a password, a hash or a link's token: a token is
// returned once, by the call that makes it, and only its hash is kept.
//
//	first start ── set-up link ──▶ owner of every shop
//	owner ── invitation ──▶ member of one shop (owner or agent)
//	demo ── sign-in link ──▶ owner of the sample shops
//
// A link is looked at with GET and used with POST, once, in the transaction that does what it is for.
package people

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/mail"
	"strings"
	"time"

	"github.com/alexedwards/argon2id"

	"rejoinder/internal/fault"
	"rejoinder/internal/ident"
)

// Role is what a member may do in a shop.
type Role string

// The roles. An owner may do everything; an agent answers customers and changes their orders, but sees and
// changes neither keys nor settings nor people.
const (
	Owner Role = "owner"
	Agent Role = "agent"
)

// Valid reports whether r is one of the roles.
func (r Role) Valid() bool { return r == Owner || r == Agent }

// Title is the role as people read it.
func (r Role) Title() string {
	if r == Owner {
		return "Owner"
	}
	return "Agent"
}

// User is somebody who can sign in.
type User struct {
	ID        string // usr_…
	Email     string // lower case
	Hash      string // argon2id; "" when the user has no password and comes in by link
	CreatedAt time.Time
}

// Stamp changes with the password. A session keeps it, so that changing the password ends the others.
func (u User) Stamp() string {
	sum := sha256.Sum256([]byte(u.ID + u.Hash))
	return hex.EncodeToString(sum[:8])
}

// Membership is a shop a user may enter.
type Membership struct {
	ShopID   string
	ShopName string
	Role     Role
}

// Member is somebody who may enter a shop.
type Member struct {
	UserID string
	Email  string
	Role   Role
	Since  time.Time
}

// NewShop is a shop that is made together with its first owner, so that none is ever without one. Who makes it
// has checked name and zone.
type NewShop struct{ ID, Name, Zone string }

// Purposes of one-time links.
const (
	ForSetup  = "set-up"
	ForEntry  = "sign-in"
	ForInvite = "invitation"
)

// Link is a one-time link as it is kept.
type Link struct {
	Hash      string // of the token; also its id in lists
	Purpose   string
	ShopID    string
	ShopName  string // filled when read
	Email     string
	Role      Role
	ExpiresAt time.Time
	UsedAt    time.Time // zero: not used yet
}

// Store keeps people. Every method is one transaction.
type Store interface {
	CountUsers(ctx context.Context) (int, error)
	// UserByEmail and UserByID return fault.NotFound if there is none.
	UserByEmail(ctx context.Context, email string) (User, error)
	UserByID(ctx context.Context, id string) (User, error)
	SetPassword(ctx context.Context, userID, hash string) error
	// Memberships returns the shops a user may enter, by name.
	Memberships(ctx context.Context, userID string) ([]Membership, error)
	// Members returns who may enter a shop, longest first, at most 500.
	Members(ctx context.Context, shopID string) ([]Member, error)
	// SetRole and RemoveMember refuse with fault.Conflict to leave a shop without an owner.
	SetRole(ctx context.Context, shopID, userID string, r Role) error
	RemoveMember(ctx context.Context, shopID, userID string) error
	// AddLink keeps a link. One for set-up or entry replaces those of its purpose that were not used.
	AddLink(ctx context.Context, l Link) error
	// Link returns a link by the hash of its token; fault.NotFound if there is none.
	Link(ctx context.Context, hash string) (Link, error)
	// Invitations returns a shop's invitations that can still be used, newest first, at most 100.
	Invitations(ctx context.Context, shopID string, now time.Time) ([]Link, error)
	RemoveInvitation(ctx context.Context, shopID, hash string) error
	// UseLink marks a link used, creates u unless its id exists, and makes it a member: of the link's shop in
	// the link's role, or, where the link names no shop, owner of every shop; of first, which is made if it has
	// an id, while there is no shop at all. A link that was used or has expired is fault.Conflict, an e-mail
	// address that another user has too, and a set-up link once there is a user.
	UseLink(ctx context.Context, hash string, u User, first NewShop, now time.Time) error
	// MakeShop makes a shop and its owner's membership.
	MakeShop(ctx context.Context, s NewShop, ownerID string) error
}

// Options are what People is made of.
type Options struct {
	Store Store
	Now   func() time.Time
	Cheap bool // tests: hashes that cost little
}

// People carries out the use cases.
type People struct {
	store  Store
	now    func() time.Time
	params *argon2id.Params
	dummy  string // a hash nobody's password has, so that an unknown address takes as long as a wrong password
	slots  chan struct{}
}

const (
	linkLife   = 24 * time.Hour
	inviteLife = 7 * 24 * time.Hour
)

// New returns People. Hashing takes 64 MB and about 50 ms for each try: dear to guess.
func New(o Options) (*People, error) {
	p := &People{store: o.Store, now: o.Now, slots: make(chan struct{}, hashesAtOnce), params: &argon2id.Params{
		Memory: 64 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32,
	}}
	if o.Cheap {
		p.params.Memory, p.params.Iterations = 64, 1
	}
	p.dummy = nobodys(p.params)
	return p, nil
}

// SetupLink returns the token of a fresh set-up link while nobody has an account, and "" afterwards. Links made
// before stop working.
func (p *People) SetupLink(ctx context.Context) (_ string, err error) {
	defer fault.Wrap(&err, "people: set-up link")
	n, err := p.store.CountUsers(ctx)
	if err != nil || n > 0 {
		return "", err
	}
	return p.link(ctx, Link{Purpose: ForSetup}, linkLife)
}

// EntryLink returns the token of a link that signs in once, without a password, as email, who becomes owner of
// every shop. It is for the demo, whose data is made up.
func (p *People) EntryLink(ctx context.Context, email string) (_ string, err error) {
	defer fault.Wrap(&err, "people: sign-in link")
	return p.link(ctx, Link{Purpose: ForEntry, Email: normal(email)}, linkLife)
}

func (p *People) link(ctx context.Context, l Link, life time.Duration) (string, error) {
	token := ident.Secret("")
	l.Hash, l.ExpiresAt = hashToken(token), p.now().Add(life)
	return token, p.store.AddLink(ctx, l)
}

var errLink = fault.New(fault.NotFound, "This link has been used, has expired, or was never made. Ask for a new one.")

// Link returns what a link is for, without using it; fault.NotFound when it cannot be used any more.
func (p *People) Link(ctx context.Context, purpose, token string) (l Link, err error) {
	l, err = p.store.Link(ctx, hashToken(token))
	if fault.Is(err, fault.NotFound) || err == nil && (l.Purpose != purpose || !l.UsedAt.IsZero() || !l.ExpiresAt.After(p.now())) {
		return Link{}, errLink
	}
	return l, err
}

// SetUp makes the first user, owner of every shop there is, and while there is none of first, which is made with
// them. A first without an id is not made.
func (p *People) SetUp(ctx context.Context, token, email, password string, first NewShop) (u User, err error) {
	if _, err := p.Link(ctx, ForSetup, token); err != nil {
		return u, err
	}
	return p.enter(ctx, token, email, password, first)
}

// Enter uses a sign-in link.
func (p *People) Enter(ctx context.Context, token string) (u User, err error) {
	defer fault.Wrap(&err, "people: enter by link")
	l, err := p.Link(ctx, ForEntry, token)
	if err != nil {
		return u, err
	}
	u, err = p.store.UserByEmail(ctx, l.Email)
	if fault.Is(err, fault.NotFound) {
		u, err = User{ID: ident.New(ident.Account, p.now()), Email: l.Email}, nil
	}
	if err != nil {
		return u, err
	}
	return u, p.store.UseLink(ctx, l.Hash, u, NewShop{}, p.now())
}

// Invite returns the token of a link with which somebody joins a shop within a week.
func (p *People) Invite(ctx context.Context, shopID, email string, r Role) (_ string, err error) {
	defer fault.Wrap(&err, "people: invite to %s", shopID)
	if !r.Valid() {
		return "", fault.Field("role", "Choose a role: owner or agent.")
	}
	if err := CheckEmail(email); err != nil {
		return "", err
	}
	members, err := p.store.Members(ctx, shopID)
	if err != nil {
		return "", err
	}
	for _, m := range members {
		if m.Email == normal(email) {
			return "", fault.Field("email", "This person is already a member of the shop.")
		}
	}
	return p.link(ctx, Link{Purpose: ForInvite, ShopID: shopID, Email: normal(email), Role: r}, inviteLife)
}

// Accept joins the shop of an invitation. Somebody who has an account already gives its password; everybody
// else chooses one.
func (p *People) Accept(ctx context.Context, token, password string) (u User, l Link, err error) {
	defer fault.Wrap(&err, "people: accept an invitation")
	if l, err = p.Link(ctx, ForInvite, token); err != nil {
		return u, l, err
	}
	u, err = p.store.UserByEmail(ctx, l.Email)
	if fault.Is(err, fault.NotFound) {
		u, err = p.enter(ctx, token, l.Email, password, NewShop{})
		return u, l, err
	}
	if err != nil {
		return u, l, err
	}
	if ok, err := p.matches(ctx, password, u.Hash); err != nil || !ok {
		return u, l, cmp.Or(err, error(fault.Field("password", "That is not the password of the account with this address.")))
	}
	return u, l, p.store.UseLink(ctx, l.Hash, u, NewShop{}, p.now())
}

// HasAccount reports whether an invited address can sign in already.
func (p *People) HasAccount(ctx context.Context, email string) (bool, error) {
	_, err := p.store.UserByEmail(ctx, normal(email))
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	return err == nil, err
}

func (p *People) enter(ctx context.Context, token, email, password string, first NewShop) (u User, err error) {
	if err := CheckEmail(email); err != nil {
		return u, err
	}
	if err := CheckPassword(password); err != nil {
		return u, err
	}
	u = User{ID: ident.New(ident.Account, p.now()), Email: normal(email), CreatedAt: p.now()}
	if u.Hash, err = p.hash(ctx, password); err != nil {
		return u, err
	}
	return u, p.store.UseLink(ctx, hashToken(token), u, first, p.now())
}

// CheckEmail reports an address that cannot be one.
func CheckEmail(email string) error {
	a, err := mail.ParseAddress(strings.TrimSpace(email))
	if err != nil || a.Address != strings.TrimSpace(email) || len(email) > 254 {
		return fault.Field("email", "Enter an e-mail address, such as you@example.com.")
	}
	return nil
}

func normal(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

func hashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
