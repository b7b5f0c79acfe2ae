package sandbox

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"time"

	"till/domain"
)

// profile is how a gateway treats idempotency keys.
type profile struct {
	name  string
	keeps []end // the ends that are answered again under their key
}

// keyWindow is how long a key is kept, where keys are kept: Checkout.com's and Stripe's rule.
const keyWindow = 24 * time.Hour

// profiles: the first is the default. Checkout.com keeps what it did, so that after a decline the same key is a
// new call; Stripe keeps the first answer, whatever it was; others keep nothing.
var profiles = []profile{
	{"checkout", []end{taken}},
	{"stripe", []end{taken, refused, broken}},
	{"none", nil},
}

func (p profile) window() time.Duration {
	if len(p.keeps) == 0 {
		return 0
	}
	return keyWindow
}

func findProfile(name string) profile {
	i := slices.IndexFunc(profiles, func(p profile) bool { return p.name == name })
	return profiles[max(i, 0)]
}

// Profile tells how the gateway treats idempotency keys: checkout, stripe or none.
func (s *Sandbox) Profile(ctx context.Context) (string, error) {
	var p profile
	err := s.visit(ctx, func(tx *sql.Tx, _ time.Time) error {
		var err error
		p, err = s.readProfile(ctx, tx)
		return err
	})
	return p.name, err
}

// SetProfile changes how keys are treated from now on. A name that there is not is a domain.Error (invalid).
func (s *Sandbox) SetProfile(ctx context.Context, name string) error {
	var names []string
	for _, p := range profiles {
		names = append(names, p.name)
	}
	if !slices.Contains(names, name) {
		return domain.Invalid("the profile", map[string]string{"profile": "must be one of " + strings.Join(names, ", ")})
	}
	return s.visit(ctx, func(tx *sql.Tx, _ time.Time) error {
		if err := writeSetting(ctx, tx, settingProfile, name); err != nil {
			return err
		}
		_, err := s.readProfile(ctx, tx)
		return err
	})
}

// readProfile also remembers it for Info, which asks no file. Another process may have changed it, so every visit
// to the file looks.
func (s *Sandbox) readProfile(ctx context.Context, tx *sql.Tx) (profile, error) {
	name, err := readSetting(ctx, tx, settingProfile)
	if err != nil {
		return profile{}, err
	}
	p := findProfile(name)
	s.profile.Store(&p)
	return p, nil
}

// keepsKeys is how long keys are kept, as far as is known here.
func (s *Sandbox) keepsKeys() time.Duration { return s.profile.Load().window() }
