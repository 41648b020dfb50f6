// Package seal encrypts the secrets we keep: private keys, signing tokens, webhook secrets.
//
// It exists so that a copy of the database alone gives nobody a key. Each value is bound to the place it is
// stored in (its context), so a sealed value moved to another row or column no longer opens. It must not
// decide where the master key comes from: package config does.
package seal

import (
	"bytes"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// Box seals and opens values, and signs links. It is safe for concurrent use.
type Box struct {
	aead    tink.AEAD
	linkKey []byte
}

// NewKey returns a fresh master key as text, for a key file or the environment.
func NewKey() (string, error) {
	h, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
	if err != nil {
		return "", fmt.Errorf("seal: make a key: %w", err)
	}
	var buf bytes.Buffer
	if err := insecurecleartextkeyset.Write(h, keyset.NewBinaryWriter(&buf)); err != nil {
		return "", fmt.Errorf("seal: write the key: %w", err)
	}
	return base64.StdEncoding.EncodeToString(buf.Bytes()), nil
}

// Open returns the box of a master key made by NewKey.
func Open(key string) (*Box, error) {
	raw, err := base64.StdEncoding.DecodeString(key)
	if err != nil {
		return nil, errors.New("seal: the encryption key is not one that Rejoinder made (it must be base64)")
	}
	h, err := insecurecleartextkeyset.Read(keyset.NewBinaryReader(bytes.NewReader(raw)))
	if err != nil {
		return nil, errors.New("seal: the encryption key is damaged or not one that Rejoinder made")
	}
	a, err := aead.New(h)
	if err != nil {
		return nil, fmt.Errorf("seal: open the key: %w", err)
	}
	link, err := hkdf.Key(sha256.New, raw, nil, "rejoinder account links", 32)
	if err != nil {
		return nil, fmt.Errorf("seal: derive the link key: %w", err)
	}
	return &Box{aead: a, linkKey: link}, nil
}

// Seal encrypts plain for one place, such as "connections/shop_1/private_key".
func (b *Box) Seal(plain, place string) (string, error) {
	c, err := b.aead.Encrypt([]byte(plain), []byte(place))
	if err != nil {
		return "", fmt.Errorf("seal: %s: %w", place, err)
	}
	return base64.StdEncoding.EncodeToString(c), nil
}

// Open decrypts what Seal returned for the same place.
func (b *Box) Open(sealed, place string) (string, error) {
	raw, err := base64.StdEncoding.DecodeString(sealed)
	if err != nil {
		return "", fmt.Errorf("seal: %s: not a sealed value", place)
	}
	p, err := b.aead.Decrypt(raw, []byte(place))
	if err != nil {
		return "", fmt.Errorf("seal: %s cannot be opened with this key", place)
	}
	return string(p), nil
}

// Sign returns a 16-byte signature of data, for links that carry their own proof.
func (b *Box) Sign(data []byte) []byte {
	m := hmac.New(sha256.New, b.linkKey)
	m.Write(data)
	return m.Sum(nil)[:16]
}

// Verify reports, in constant time, whether sig is Sign(data) or its first ten bytes or more: what is left of a
// signature that had to be short must still be too long to guess.
func (b *Box) Verify(data, sig []byte) bool {
	full := b.Sign(data)
	return len(sig) >= 10 && len(sig) <= len(full) && hmac.Equal(full[:len(sig)], sig)
}
