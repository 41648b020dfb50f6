package bridge

import (
	"encoding/base64"
	"encoding/binary"
	"strings"
	"time"

	"rejoinder/internal/fault"
	"rejoinder/internal/ident"
)

// A link carries its own proof, so none has to be stored, found or cleaned up: 4 bytes of expiry in minutes
// since 1970, the 26 characters of the customer id packed into 16 bytes, and the first 10 bytes of a MAC over
// both. 80 bits cannot be guessed over a network, and 40 characters leave room in a text.
const (
	linkMAC  = 10
	linkSize = 4 + ident.Size + linkMAC
)

// accountLink returns a fresh link to the customer's account page, valid for the shop's LinkDays. It is "" as
// long as no public address is known: a link that leads nowhere is worse than none.
func (b *Bridge) accountLink(shop Shop, customerID string) string {
	if b.o.PublicURL == "" {
		return ""
	}
	return strings.TrimSuffix(b.o.PublicURL, "/") + "/a/" + b.linkToken(shop, customerID)
}

// AccountLink returns a fresh link to a customer's account page, for the merchant to copy.
func (b *Bridge) AccountLink(shop Shop, customerID string) string {
	return b.accountLink(shop, customerID)
}

func (b *Bridge) linkToken(shop Shop, customerID string) string {
	expires := b.o.Now().Add(time.Duration(or(shop.Settings.LinkDays, 30)) * 24 * time.Hour)
	raw := binary.BigEndian.AppendUint32(make([]byte, 0, linkSize), uint32(expires.Unix()/60))
	body, ok := ident.Bytes(ident.Customer, customerID)
	if !ok {
		return ""
	}
	raw = append(raw, body...)
	return base64.RawURLEncoding.EncodeToString(append(raw, b.o.Sealer.Sign(raw)[:linkMAC]...))
}

// parseLink reads a link's token. An altered one is fault.NotFound; one of ours whose time is over is reported
// as expired, so that its owner can be offered a fresh one.
func (b *Bridge) parseLink(token string) (customerID string, expired bool, err error) {
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(raw) != linkSize {
		return "", false, errBadLink
	}
	signed, mac := raw[:linkSize-linkMAC], raw[linkSize-linkMAC:]
	if !b.o.Sealer.Verify(signed, mac) {
		return "", false, errBadLink
	}
	minutes := int64(binary.BigEndian.Uint32(signed))
	return ident.FromBytes(ident.Customer, signed[4:]), b.o.Now().Unix()/60 >= minutes, nil
}

var errBadLink = fault.New(fault.NotFound, "This link is not complete. Open it again from the text message you received.")
