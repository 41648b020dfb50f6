package app

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"rejoinder/internal/config"
)

func TestLogsHoldNoSecrets(t *testing.T) {
	t.Parallel()
	secrets := []string{
		"sk_9f86d081884c7d659a2f", "pk_9f86d081884c7d659a2f", "sk_partner_9f86d081884c", "rjk_9f86d081884c7d", "whsec_MfKQ9r8GKYqr",
		"+13105550142", "hunter2", "AbCdEfGhIjKlMnOpQr", "13105550143",
	}
	for _, format := range []string{"json", "text"} {
		t.Run(format, func(t *testing.T) {
			t.Parallel()
			var buf bytes.Buffer
			s := config.Default()
			s.LogFormat = format
			log := NewLog(&buf, s, format == "text").With("with", "+13105550142")
			log.Info("sent", "to", "+13105550142", "key", "Bearer sk_9f86d081884c7d659a2f", "pub", "pk_9f86d081884c7d659a2f",
				"partner", "sk_partner_9f86d081884c", "ledger", "rjk_9f86d081884c7d", "hook", "whsec_MfKQ9r8GKYqr",
				"err", errors.New("dial postgres://app:hunter2@db/rejoinder: refused"), "path", "/a/AbCdEfGhIjKlMnOpQr",
				"setup", "/setup/AbCdEfGhIjKlMnOpQr", "enter", "/enter/AbCdEfGhIjKlMnOpQr", "join", "/join/AbCdEfGhIjKlMnOpQr",
				"url", `Get "https://api.postscript.io/v1/subscribers?phone_number=%2B13105550143": EOF`)
			for _, secret := range secrets {
				if strings.Contains(buf.String(), secret) {
					t.Errorf("the log shows %s:\n%s", secret, buf.String())
				}
			}
			if !strings.Contains(buf.String(), "refused") {
				t.Errorf("the log lost what was said:\n%s", buf.String())
			}
		})
	}
}
