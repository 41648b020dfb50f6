package store

import (
	"context"
	"database/sql"
	"time"

	"rejoinder/internal/bridge"
	"rejoinder/internal/fault"
	"rejoinder/internal/people"
)

// DB keeps people: see people.Store for what each method promises.
var _ people.Store = (*DB)(nil)

const userColumns = `id, email, password_hash, created_at`

func scanUser(s scanner) (u people.User, err error) {
	var created int64
	err = s.Scan(&u.ID, &u.Email, &u.Hash, &created)
	u.CreatedAt = moment(created)
	return u, err
}

// CountUsers returns how many users there are.
func (db *DB) CountUsers(ctx context.Context) (n int, err error) {
	defer fault.Wrap(&err, "store: count users")
	err = db.Read(ctx, func(tx *Tx) error {
		v, err := one(tx, number, "", `SELECT COUNT(*) FROM users`)
		n = int(v)
		return err
	})
	return n, err
}

// UserByEmail returns the user with a lower-case address.
func (db *DB) UserByEmail(ctx context.Context, email string) (people.User, error) {
	return db.user(ctx, `email = $1`, email)
}

// UserByID returns the user with an id.
func (db *DB) UserByID(ctx context.Context, id string) (people.User, error) {
	return db.user(ctx, `id = $1`, id)
}

func (db *DB) user(ctx context.Context, where, arg string) (u people.User, err error) {
	defer fault.Wrap(&err, "store: user")
	err = db.Read(ctx, func(tx *Tx) (err error) {
		u, err = one(tx, scanUser, "There is no such user.", `SELECT `+userColumns+` FROM users WHERE `+where, arg)
		return err
	})
	return u, err
}

// SetPassword replaces the hash of a user's password.
func (db *DB) SetPassword(ctx context.Context, userID, hash string) (err error) {
	defer fault.Wrap(&err, "store: password of %s", userID)
	return db.InTx(ctx, func(tx *Tx) error {
		_, err := tx.exec(`UPDATE users SET password_hash = $2 WHERE id = $1`, userID, hash)
		return err
	})
}

// Memberships returns the shops of a user, by name.
func (db *DB) Memberships(ctx context.Context, userID string) (list []people.Membership, err error) {
	defer fault.Wrap(&err, "store: shops of %s", userID)
	err = db.Read(ctx, func(tx *Tx) (err error) {
		list, err = all(tx, func(s scanner) (m people.Membership, err error) {
			err = s.Scan(&m.ShopID, &m.ShopName, &m.Role)
			return m, err
		}, `SELECT s.id, s.name, m.role FROM members m JOIN shops s ON s.id = m.shop_id WHERE m.user_id = $1 ORDER BY s.name, s.id LIMIT 500`, userID)
		return err
	})
	return list, err
}

// Members returns the people of a shop.
func (db *DB) Members(ctx context.Context, shopID string) (list []people.Member, err error) {
	defer fault.Wrap(&err, "store: members of %s", shopID)
	err = db.Read(ctx, func(tx *Tx) (err error) {
		list, err = all(tx, func(s scanner) (m people.Member, err error) {
			var since int64
			err = s.Scan(&m.UserID, &m.Email, &m.Role, &since)
			m.Since = moment(since)
			return m, err
		}, `SELECT u.id, u.email, m.role, m.created_at FROM members m JOIN users u ON u.id = m.user_id
			WHERE m.shop_id = $1 ORDER BY m.created_at, u.id LIMIT 500`, shopID)
		return err
	})
	return list, err
}

// SetRole changes a member's role.
func (db *DB) SetRole(ctx context.Context, shopID, userID string, r people.Role) (err error) {
	defer fault.Wrap(&err, "store: role of %s in %s", userID, shopID)
	return db.InTx(ctx, func(tx *Tx) error {
		if r != people.Owner {
			if err := tx.notLastOwner(shopID, userID); err != nil {
				return err
			}
		}
		return tx.changed(`UPDATE members SET role = $3 WHERE shop_id = $1 AND user_id = $2`, shopID, userID, string(r))
	})
}

// RemoveMember takes a member out of a shop.
func (db *DB) RemoveMember(ctx context.Context, shopID, userID string) (err error) {
	defer fault.Wrap(&err, "store: remove %s from %s", userID, shopID)
	return db.InTx(ctx, func(tx *Tx) error {
		if err := tx.notLastOwner(shopID, userID); err != nil {
			return err
		}
		return tx.changed(`DELETE FROM members WHERE shop_id = $1 AND user_id = $2`, shopID, userID)
	})
}

// notLastOwner refuses to go on when the shop would have no owner but this one. The shop's row is locked first,
// so that two owners cannot take each other out at the same moment.
func (tx *Tx) notLastOwner(shopID, userID string) error {
	if _, err := one(tx, text, "There is no such shop.", `SELECT id FROM shops WHERE id = $1`+tx.d.forUpdate(), shopID); err != nil {
		return err
	}
	n, err := one(tx, number, "", `SELECT COUNT(*) FROM members WHERE shop_id = $1 AND role = 'owner' AND user_id <> $2`, shopID, userID)
	if err == nil && n == 0 {
		return fault.New(fault.Conflict, "A shop needs an owner. Make somebody else owner first.")
	}
	return err
}

// changed runs a statement that must change a row; otherwise the member or invitation is not there.
func (tx *Tx) changed(query string, args ...any) error {
	n, err := tx.exec(query, args...)
	if err == nil && n == 0 {
		return fault.New(fault.NotFound, "That is no longer there.")
	}
	return err
}

const linkColumns = `l.token_hash, l.purpose, l.shop_id, COALESCE(s.name, ''), l.email, l.role, l.expires_at, l.used_at
	FROM invitations l LEFT JOIN shops s ON s.id = l.shop_id`

func scanLink(s scanner) (l people.Link, err error) {
	var expires int64
	var used sql.NullInt64
	err = s.Scan(&l.Hash, &l.Purpose, &l.ShopID, &l.ShopName, &l.Email, &l.Role, &expires, &used)
	l.ExpiresAt, l.UsedAt = moment(expires), moment(used.Int64)
	return l, err
}

// AddLink keeps a one-time link.
func (db *DB) AddLink(ctx context.Context, l people.Link) (err error) {
	defer fault.Wrap(&err, "store: add a %s link", l.Purpose)
	return db.InTx(ctx, func(tx *Tx) error {
		if l.Purpose != people.ForInvite {
			if _, err := tx.exec(`DELETE FROM invitations WHERE purpose = $1 AND used_at IS NULL`, l.Purpose); err != nil {
				return err
			}
		}
		_, err := tx.exec(`INSERT INTO invitations (token_hash, purpose, shop_id, email, role, expires_at, used_at) VALUES ($1,$2,$3,$4,$5,$6,NULL)`,
			l.Hash, l.Purpose, l.ShopID, l.Email, string(l.Role), micros(l.ExpiresAt))
		return err
	})
}

// Link returns a one-time link.
func (db *DB) Link(ctx context.Context, hash string) (l people.Link, err error) {
	defer fault.Wrap(&err, "store: link")
	err = db.Read(ctx, func(tx *Tx) (err error) {
		l, err = one(tx, scanLink, "There is no such link.", `SELECT `+linkColumns+` WHERE l.token_hash = $1`, hash)
		return err
	})
	return l, err
}

// Invitations returns a shop's open invitations.
func (db *DB) Invitations(ctx context.Context, shopID string, now time.Time) (list []people.Link, err error) {
	defer fault.Wrap(&err, "store: invitations of %s", shopID)
	err = db.Read(ctx, func(tx *Tx) (err error) {
		list, err = all(tx, scanLink, `SELECT `+linkColumns+` WHERE l.shop_id = $1 AND l.purpose = $2 AND l.used_at IS NULL AND l.expires_at > $3
			ORDER BY l.expires_at DESC LIMIT 100`, shopID, people.ForInvite, micros(now))
		return err
	})
	return list, err
}

// RemoveInvitation deletes an invitation that was not used.
func (db *DB) RemoveInvitation(ctx context.Context, shopID, hash string) (err error) {
	defer fault.Wrap(&err, "store: remove an invitation of %s", shopID)
	return db.InTx(ctx, func(tx *Tx) error {
		return tx.changed(`DELETE FROM invitations WHERE shop_id = $1 AND token_hash = $2 AND used_at IS NULL`, shopID, hash)
	})
}

// UseLink uses a link for a user.
func (db *DB) UseLink(ctx context.Context, hash string, u people.User, first people.NewShop, now time.Time) (err error) {
	defer fault.Wrap(&err, "store: use a link")
	return db.InTx(ctx, func(tx *Tx) error {
		n, err := tx.exec(`UPDATE invitations SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2`, hash, micros(now))
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.Conflict, "This link has been used or has expired. Ask for a new one.")
		}
		l, err := one(tx, scanLink, "There is no such link.", `SELECT `+linkColumns+` WHERE l.token_hash = $1`, hash)
		if err != nil {
			return err
		}
		if l.Purpose == people.ForSetup {
			if err := tx.nobodyYet(); err != nil {
				return err
			}
		}
		if err := tx.addUser(u); err != nil {
			return err
		}
		if l.ShopID != "" {
			return tx.join(l.ShopID, u.ID, l.Role)
		}
		if err := tx.firstShop(first); err != nil {
			return err
		}
		_, err = tx.exec(`INSERT INTO members (user_id, shop_id, role, created_at) SELECT $1, id, 'owner', $2 FROM shops WHERE TRUE
			ON CONFLICT (user_id, shop_id) DO UPDATE SET role = 'owner'`, u.ID, micros(tx.now))
		return err
	})
}

func (tx *Tx) addUser(u people.User) error {
	if _, err := tx.exec(`INSERT INTO users (id, email, password_hash, created_at) VALUES ($1,$2,$3,$4) ON CONFLICT DO NOTHING`,
		u.ID, u.Email, u.Hash, micros(tx.now)); err != nil {
		return err
	}
	id, err := one(tx, text, "There is no such user.", `SELECT id FROM users WHERE email = $1`, u.Email)
	if err == nil && id != u.ID {
		return fault.New(fault.Conflict, "Somebody has this e-mail address already. Sign in with it.")
	}
	return err
}

// nobodyYet refuses when there is a user: a set-up link that was made beside the one they used is worth nothing.
// Those who use two such links at once take turns.
func (tx *Tx) nobodyYet() error {
	if err := tx.takeTurns("first account"); err != nil {
		return err
	}
	n, err := one(tx, number, "", `SELECT COUNT(*) FROM users`)
	if err == nil && n > 0 {
		return fault.New(fault.Conflict, "The first account is made already. Sign in with it, or ask its owner to invite you.")
	}
	return err
}

// firstShop makes a shop while there is none.
func (tx *Tx) firstShop(s people.NewShop) error {
	if s.ID == "" {
		return nil
	}
	n, err := one(tx, number, "", `SELECT COUNT(*) FROM shops`)
	if err != nil || n > 0 {
		return err
	}
	return tx.makeShop(s)
}

func (tx *Tx) makeShop(s people.NewShop) error {
	return tx.SaveShop(bridge.Shop{ID: s.ID, Name: s.Name, Zone: s.Zone})
}

// MakeShop makes a shop and its owner's membership.
func (db *DB) MakeShop(ctx context.Context, s people.NewShop, ownerID string) (err error) {
	defer fault.Wrap(&err, "store: make shop %s", s.ID)
	return db.InTx(ctx, func(tx *Tx) error {
		if err := tx.makeShop(s); err != nil {
			return err
		}
		return tx.join(s.ID, ownerID, people.Owner)
	})
}

func (tx *Tx) join(shopID, userID string, r people.Role) error {
	_, err := tx.exec(`INSERT INTO members (user_id, shop_id, role, created_at) VALUES ($1,$2,$3,$4)
		ON CONFLICT (user_id, shop_id) DO UPDATE SET role = excluded.role`, userID, shopID, string(r), micros(tx.now))
	return err
}
