package cli

import (
	"context"

	"github.com/spf13/cobra"

	"till/domain"
	"till/domain/till"
)

// tokenObject is what a browser is given for a card.
type tokenObject struct {
	Token       string       `json:"token"`
	Expires     stamp        `json:"expires_at"`
	Brand       domain.Brand `json:"brand"`
	Last4       string       `json:"last4"`
	ExpiryMonth int          `json:"expiry_month"`
	ExpiryYear  int          `json:"expiry_year"`
}

func (a *app) sandboxToken() *cobra.Command {
	var s sourcing
	cmd := &cobra.Command{
		Use: "token --card NUMBER --expiry MM/YY --cvv CVV", Short: "exchange a card for a token, as a browser would", Args: takes(),
		RunE: a.changes(atBank(func(ctx context.Context, t *till.Till, bank domain.Bank, _ []string) error {
			card, err := a.readCard(t, s)
			if err != nil {
				return err
			}
			token, err := bank.Token(ctx, *card)
			if err != nil {
				return err
			}
			object := tokenObject{token.ID, stamp(token.Until), token.Brand, token.Last4, token.ExpiryMonth, token.ExpiryYear}
			return a.say(object, func(p *page) {
				p.line("%s", token.ID)
				p.line("good once, until %s", when(token.Until))
			})
		})),
	}
	s.cardFlags(cmd)
	_ = cmd.MarkFlagRequired("card") // fails only for a flag that is not there
	return cmd
}
