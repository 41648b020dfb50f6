package people

import (
	"context"

	"rejoinder/internal/fault"
)

// User returns a user by id; fault.NotFound if there is none.
func (p *People) User(ctx context.Context, id string) (User, error) { return p.store.UserByID(ctx, id) }

// Memberships returns the shops a user may enter, by name.
func (p *People) Memberships(ctx context.Context, userID string) ([]Membership, error) {
	return p.store.Memberships(ctx, userID)
}

// Members returns who may enter a shop.
func (p *People) Members(ctx context.Context, shopID string) ([]Member, error) {
	return p.store.Members(ctx, shopID)
}

// Invitations returns a shop's invitations that were not used yet.
func (p *People) Invitations(ctx context.Context, shopID string) ([]Link, error) {
	return p.store.Invitations(ctx, shopID, p.now())
}

// Withdraw makes an invitation useless.
func (p *People) Withdraw(ctx context.Context, shopID, hash string) error {
	return p.store.RemoveInvitation(ctx, shopID, hash)
}

// SetRole changes what a member may do. The last owner of a shop stays owner: fault.Conflict.
func (p *People) SetRole(ctx context.Context, shopID, userID string, r Role) error {
	if !r.Valid() {
		return fault.Field("role", "Choose a role: owner or agent.")
	}
	return p.store.SetRole(ctx, shopID, userID, r)
}

// Remove keeps a member out of a shop from now on. The last owner stays: fault.Conflict.
func (p *People) Remove(ctx context.Context, shopID, userID string) error {
	return p.store.RemoveMember(ctx, shopID, userID)
}

// MakeShop makes another shop. Who makes it owns it.
func (p *People) MakeShop(ctx context.Context, s NewShop, ownerID string) error {
	return p.store.MakeShop(ctx, s, ownerID)
}
