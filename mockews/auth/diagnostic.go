package auth

import "strconv"

// Diagnostic is what x-ms-diagnostics says of a token that was turned away: an id, a reason in words and a category.
type Diagnostic struct {
	ID       int
	Reason   string
	Category string
}

// String is the value of the header. The field that documents call error_type is error_category on the wire.
func (d Diagnostic) String() string {
	return strconv.Itoa(d.ID) + `;reason="` + d.Reason + `";error_category="` + d.Category + `"`
}

// What can be wrong with a token. Ids and categories are those of the answers of real servers; of the reasons these are too:
// the audience and Flighting (MS Q&A 1792037), the permissions (otris/ews-cpp #148) and the strength (OfficeDev/ews-java-api #401).
func badSignature() Diagnostic {
	return Diagnostic{2000000, "The signature of the token is invalid.", "invalid_signature"}
}

func badToken(why string) Diagnostic { return Diagnostic{2000001, why, "invalid_token"} }

func expired() Diagnostic { return Diagnostic{2000002, "The token has expired.", "token_expired"} }

func badAudience() Diagnostic {
	return Diagnostic{2000003, "The audience claim value is invalid 'aud'.", "invalid_resource"}
}

func badTenant() Diagnostic {
	return Diagnostic{2000004, "The tenant that issued the token is not known here.", "invalid_tenant"}
}

func badUser() Diagnostic {
	return Diagnostic{2000005, "The user specified by the user-context in the token does not exist.", "invalid_user"}
}

func badClient() Diagnostic {
	return Diagnostic{2000006, "The application of the token is not known in the tenant.", "invalid_client"}
}

func internalError() Diagnostic {
	return Diagnostic{2000007, "The token could not be verified because of an internal error.", "internal_error"}
}

func noPermission() Diagnostic {
	return Diagnostic{2000008, "The token contains no permissions, or permissions can not be understood.", "invalid_grant"}
}

const tooWeak = "insufficient_auth_strength"

func weak(presented, required int) Diagnostic {
	return Diagnostic{
		2000010, "The access token is acquired using an authentication method that is too weak to allow access for this application. " +
			"Presented auth strength was " + strconv.Itoa(presented) + ", required is " + strconv.Itoa(required) + ".", tooWeak,
	}
}

func unmet(policy string) Diagnostic {
	return Diagnostic{2000010, "The token does not carry the claim that the policy '" + policy + "' requires.", tooWeak}
}

func noOAuth(domain string) Diagnostic {
	return Diagnostic{4000000, "Flighting is not enabled for domain '" + domain + "'.", "oauth_not_available"}
}
