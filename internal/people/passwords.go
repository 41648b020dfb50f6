package people

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"

	"rejoinder/internal/fault"
)

// hashesAtOnce bounds how many passwords are hashed at the same time: each takes 64 MB, and whoever guesses from
// many addresses must not be able to use up the machine's memory.
const hashesAtOnce = 4

// Limits of passwords, in characters. Very long ones would only make hashing dear.
const (
	MinPassword = 10
	maxPassword = 200
)

// SignIn returns the user with that address and password. Every failure is the same fault.Invalid, and takes
// the same time, so that nobody learns who has an account.
func (p *People) SignIn(ctx context.Context, email, password string) (u User, err error) {
	u, err = p.store.UserByEmail(ctx, normal(email))
	if err != nil && !fault.Is(err, fault.NotFound) {
		return User{}, err
	}
	ok, busy := p.matches(ctx, password, u.Hash)
	if busy != nil {
		return User{}, busy
	}
	if !ok || err != nil {
		return User{}, fault.Field("password", "This e-mail address and password do not belong together.")
	}
	return u, nil
}

// matches compares a password with a hash; without a hash it compares with one that nothing matches. The error is
// that of slot.
func (p *People) matches(ctx context.Context, password, hash string) (bool, error) {
	known := hash != ""
	if !known {
		hash = p.dummy
	}
	if len(password) > maxPassword*utf8.UTFMax {
		return false, nil
	}
	release, err := p.slot(ctx)
	if err != nil {
		return false, err
	}
	defer release()
	ok, err := argon2id.ComparePasswordAndHash(password, hash)
	return ok && err == nil && known, nil
}

// hash makes a hash of a password. The error may be that of slot.
func (p *People) hash(ctx context.Context, password string) (string, error) {
	release, err := p.slot(ctx)
	if err != nil {
		return "", err
	}
	defer release()
	return argon2id.CreateHash(password, p.params)
}

// slot waits until a password may be hashed, or until ctx ends: fault.Unavailable.
func (p *People) slot(ctx context.Context) (release func(), err error) {
	select {
	case p.slots <- struct{}{}:
		return func() { <-p.slots }, nil
	case <-ctx.Done():
		return nil, fault.From(fault.Unavailable, ctx.Err(), "Too many people sign in at this moment. Please try again.")
	}
}

// ChangePassword replaces a user's password. The old one is asked for unless there is none.
func (p *People) ChangePassword(ctx context.Context, userID, old, fresh string) (u User, err error) {
	defer fault.Wrap(&err, "people: change the password of %s", userID)
	if u, err = p.store.UserByID(ctx, userID); err != nil {
		return u, err
	}
	if u.Hash != "" {
		if ok, err := p.matches(ctx, old, u.Hash); err != nil || !ok {
			return u, cmp.Or(err, error(fault.Field("old", "That is not your present password.")))
		}
	}
	if err := CheckPassword(fresh); err != nil {
		return u, err
	}
	if u.Hash, err = p.hash(ctx, fresh); err != nil {
		return u, err
	}
	return u, p.store.SetPassword(ctx, userID, u.Hash)
}

// nobodys is a hash of the right form that no password is known to have: chance in place of a salt and a key.
// To compute one would cost every start 64 MB and 50 ms.
func nobodys(p *argon2id.Params) string {
	salt, key := make([]byte, p.SaltLength), make([]byte, p.KeyLength)
	_, _ = rand.Read(salt) // never fails: crypto/rand aborts the program instead
	_, _ = rand.Read(key)
	return fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s", p.Memory, p.Iterations, p.Parallelism,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(key))
}

// CheckPassword reports a password that is too short or too long to use.
func CheckPassword(password string) error {
	switch n := utf8.RuneCountInString(password); {
	case n < MinPassword:
		return fault.Field("password", "A password has at least %d characters; a few words make a good one.", MinPassword)
	case n > maxPassword:
		return fault.Field("password", "A password has at most %d characters.", maxPassword)
	}
	return nil
}
