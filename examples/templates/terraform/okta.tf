# Okta fills in ${code} and ${org.name}; Terraform needs the dollar sign doubled to leave them alone.
resource "okta_template_sms" "verify" {
  type     = "SMS_VERIFY_CODE"
  template = "Your $${org.name} code is $${code}. It expires in 10 minutes. Do not share it."

  translations {
    language = "ar"
    template = "رمز $${org.name} الخاص بك هو $${code}. صالح لمدة 10 دقائق."
  }

  translations {
    language = "fr"
    template = "Votre code $${org.name} : $${code}. Il expire dans 10 minutes. Ne le donnez à personne."
  }

  translations {
    language = "hi"
    template = <<-EOT
      आपका $${org.name} कोड $${code} है।
      यह 10 मिनट तक मान्य है।
    EOT
  }

  translations {
    language = "pt-BR"
    template = "Use $${code} para entrar em $${org.name}. Vale por 10 minutos. Nunca compartilhe."
  }
}
