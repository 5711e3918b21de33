// Generated from data/services.tsv by scripts/write-services.ts.

/** The name of a service: the suffix of its package in camelCase, such as `cloudwatchLogs` of `@aws-sdk/client-cloudwatch-logs`. */
export type ServiceName =
  | 'accessanalyzer'
  | 'account'
  | 'acm'
  | 'acmPca'
  | 'aiops'
  | 'amp'
  | 'amplify'
  | 'amplifybackend'
  | 'amplifyuibuilder'
  | 'apiGateway'
  | 'apigatewaymanagementapi'
  | 'apigatewayv2'
  | 'appMesh'
  | 'appconfig'
  | 'appconfigdata'
  | 'appfabric'
  | 'appflow'
  | 'appintegrations'
  | 'applicationAutoScaling'
  | 'applicationDiscoveryService'
  | 'applicationInsights'
  | 'applicationSignals'
  | 'applicationcostprofiler'
  | 'apprunner'
  | 'appstream'
  | 'appsync'
  | 'arcRegionSwitch'
  | 'arcZonalShift'
  | 'artifact'
  | 'athena'
  | 'auditmanager'
  | 'autoScaling'
  | 'autoScalingPlans'
  | 'b2bi'
  | 'backup'
  | 'backupGateway'
  | 'backupsearch'
  | 'batch'
  | 'bcmDashboards'
  | 'bcmDataExports'
  | 'bcmPricingCalculator'
  | 'bcmRecommendedActions'
  | 'bedrock'
  | 'bedrockAgent'
  | 'bedrockAgentRuntime'
  | 'bedrockAgentcore'
  | 'bedrockAgentcoreControl'
  | 'bedrockDataAutomation'
  | 'bedrockDataAutomationRuntime'
  | 'bedrockRuntime'
  | 'billing'
  | 'billingconductor'
  | 'braket'
  | 'budgets'
  | 'chatbot'
  | 'chime'
  | 'chimeSdkIdentity'
  | 'chimeSdkMediaPipelines'
  | 'chimeSdkMeetings'
  | 'chimeSdkMessaging'
  | 'chimeSdkVoice'
  | 'cleanrooms'
  | 'cleanroomsml'
  | 'cloud9'
  | 'cloudcontrol'
  | 'clouddirectory'
  | 'cloudformation'
  | 'cloudfront'
  | 'cloudfrontKeyvaluestore'
  | 'cloudhsm'
  | 'cloudhsmV2'
  | 'cloudsearch'
  | 'cloudsearchDomain'
  | 'cloudtrail'
  | 'cloudtrailData'
  | 'cloudwatch'
  | 'cloudwatchLogs'
  | 'codeartifact'
  | 'codebuild'
  | 'codecatalyst'
  | 'codecommit'
  | 'codeconnections'
  | 'codedeploy'
  | 'codeguruReviewer'
  | 'codeguruSecurity'
  | 'codeguruprofiler'
  | 'codepipeline'
  | 'codestarConnections'
  | 'codestarNotifications'
  | 'cognitoIdentity'
  | 'cognitoIdentityProvider'
  | 'cognitoSync'
  | 'comprehend'
  | 'comprehendmedical'
  | 'computeOptimizer'
  | 'computeOptimizerAutomation'
  | 'configService'
  | 'connect'
  | 'connectContactLens'
  | 'connectcampaigns'
  | 'connectcampaignsv2'
  | 'connectcases'
  | 'connecthealth'
  | 'connectparticipant'
  | 'controlcatalog'
  | 'controltower'
  | 'costAndUsageReportService'
  | 'costExplorer'
  | 'costOptimizationHub'
  | 'customerProfiles'
  | 'dataPipeline'
  | 'databaseMigrationService'
  | 'databrew'
  | 'dataexchange'
  | 'datasync'
  | 'datazone'
  | 'dax'
  | 'deadline'
  | 'detective'
  | 'deviceFarm'
  | 'devopsAgent'
  | 'devopsGuru'
  | 'directConnect'
  | 'directoryService'
  | 'directoryServiceData'
  | 'dlm'
  | 'docdb'
  | 'docdbElastic'
  | 'drs'
  | 'dsql'
  | 'dynamodb'
  | 'dynamodbStreams'
  | 'ebs'
  | 'ec2'
  | 'ec2InstanceConnect'
  | 'ecr'
  | 'ecrPublic'
  | 'ecs'
  | 'efs'
  | 'eks'
  | 'eksAuth'
  | 'elasticBeanstalk'
  | 'elasticLoadBalancing'
  | 'elasticLoadBalancingV2'
  | 'elasticache'
  | 'elasticsearchService'
  | 'elementalinference'
  | 'emr'
  | 'emrContainers'
  | 'emrServerless'
  | 'entityresolution'
  | 'eventbridge'
  | 'evs'
  | 'finspace'
  | 'finspaceData'
  | 'firehose'
  | 'fis'
  | 'fms'
  | 'forecast'
  | 'forecastquery'
  | 'frauddetector'
  | 'freetier'
  | 'fsx'
  | 'gamelift'
  | 'gameliftstreams'
  | 'geoMaps'
  | 'geoPlaces'
  | 'geoRoutes'
  | 'glacier'
  | 'globalAccelerator'
  | 'glue'
  | 'grafana'
  | 'greengrass'
  | 'greengrassv2'
  | 'groundstation'
  | 'guardduty'
  | 'health'
  | 'healthlake'
  | 'iam'
  | 'identitystore'
  | 'imagebuilder'
  | 'importexport'
  | 'inspector'
  | 'inspectorScan'
  | 'inspector2'
  | 'interconnect'
  | 'internetmonitor'
  | 'invoicing'
  | 'iot'
  | 'iotDataPlane'
  | 'iotEvents'
  | 'iotEventsData'
  | 'iotJobsDataPlane'
  | 'iotManagedIntegrations'
  | 'iotWireless'
  | 'iotdeviceadvisor'
  | 'iotfleetwise'
  | 'iotsecuretunneling'
  | 'iotsitewise'
  | 'iotthingsgraph'
  | 'iottwinmaker'
  | 'ivs'
  | 'ivsRealtime'
  | 'ivschat'
  | 'kafka'
  | 'kafkaconnect'
  | 'kendra'
  | 'kendraRanking'
  | 'keyspaces'
  | 'keyspacesstreams'
  | 'kinesis'
  | 'kinesisAnalytics'
  | 'kinesisAnalyticsV2'
  | 'kinesisVideo'
  | 'kinesisVideoArchivedMedia'
  | 'kinesisVideoMedia'
  | 'kinesisVideoSignaling'
  | 'kinesisVideoWebrtcStorage'
  | 'kms'
  | 'lakeformation'
  | 'lambda'
  | 'launchWizard'
  | 'lexModelBuildingService'
  | 'lexModelsV2'
  | 'lexRuntimeService'
  | 'lexRuntimeV2'
  | 'licenseManager'
  | 'licenseManagerLinuxSubscriptions'
  | 'licenseManagerUserSubscriptions'
  | 'lightsail'
  | 'location'
  | 'lookoutequipment'
  | 'm2'
  | 'machineLearning'
  | 'macie2'
  | 'mailmanager'
  | 'managedblockchain'
  | 'managedblockchainQuery'
  | 'marketplaceAgreement'
  | 'marketplaceCatalog'
  | 'marketplaceCommerceAnalytics'
  | 'marketplaceDeployment'
  | 'marketplaceDiscovery'
  | 'marketplaceEntitlementService'
  | 'marketplaceMetering'
  | 'marketplaceReporting'
  | 'mediaconnect'
  | 'mediaconvert'
  | 'medialive'
  | 'mediapackage'
  | 'mediapackageVod'
  | 'mediapackagev2'
  | 'mediastore'
  | 'mediastoreData'
  | 'mediatailor'
  | 'medicalImaging'
  | 'memorydb'
  | 'mgn'
  | 'migrationHub'
  | 'migrationHubRefactorSpaces'
  | 'migrationhubConfig'
  | 'migrationhuborchestrator'
  | 'migrationhubstrategy'
  | 'mpa'
  | 'mq'
  | 'mturk'
  | 'mwaa'
  | 'mwaaServerless'
  | 'neptune'
  | 'neptuneGraph'
  | 'neptunedata'
  | 'networkFirewall'
  | 'networkflowmonitor'
  | 'networkmanager'
  | 'networkmonitor'
  | 'notifications'
  | 'notificationscontacts'
  | 'novaAct'
  | 'oam'
  | 'observabilityadmin'
  | 'odb'
  | 'omics'
  | 'opensearch'
  | 'opensearchserverless'
  | 'organizations'
  | 'osis'
  | 'outposts'
  | 'panorama'
  | 'partnercentralAccount'
  | 'partnercentralBenefits'
  | 'partnercentralChannel'
  | 'partnercentralSelling'
  | 'paymentCryptography'
  | 'paymentCryptographyData'
  | 'pcaConnectorAd'
  | 'pcaConnectorScep'
  | 'pcs'
  | 'personalize'
  | 'personalizeEvents'
  | 'personalizeRuntime'
  | 'pi'
  | 'pinpoint'
  | 'pinpointEmail'
  | 'pinpointSmsVoice'
  | 'pinpointSmsVoiceV2'
  | 'pipes'
  | 'polly'
  | 'pricing'
  | 'proton'
  | 'qapps'
  | 'qbusiness'
  | 'qconnect'
  | 'quicksight'
  | 'ram'
  | 'rbin'
  | 'rds'
  | 'rdsData'
  | 'redshift'
  | 'redshiftData'
  | 'redshiftServerless'
  | 'rekognition'
  | 'repostspace'
  | 'resiliencehub'
  | 'resourceExplorer2'
  | 'resourceGroups'
  | 'resourceGroupsTaggingApi'
  | 'rolesanywhere'
  | 'route53'
  | 'route53Domains'
  | 'route53RecoveryCluster'
  | 'route53RecoveryControlConfig'
  | 'route53RecoveryReadiness'
  | 'route53globalresolver'
  | 'route53profiles'
  | 'route53resolver'
  | 'rtbfabric'
  | 'rum'
  | 's3'
  | 's3Control'
  | 's3files'
  | 's3outposts'
  | 's3tables'
  | 's3vectors'
  | 'sagemaker'
  | 'sagemakerA2iRuntime'
  | 'sagemakerEdge'
  | 'sagemakerFeaturestoreRuntime'
  | 'sagemakerGeospatial'
  | 'sagemakerMetrics'
  | 'sagemakerRuntime'
  | 'savingsplans'
  | 'scheduler'
  | 'schemas'
  | 'secretsManager'
  | 'securityIr'
  | 'securityagent'
  | 'securityhub'
  | 'securitylake'
  | 'serverlessapplicationrepository'
  | 'serviceCatalog'
  | 'serviceCatalogAppregistry'
  | 'serviceQuotas'
  | 'servicediscovery'
  | 'ses'
  | 'sesv2'
  | 'sfn'
  | 'shield'
  | 'signer'
  | 'signerData'
  | 'signin'
  | 'simpledb'
  | 'simpledbv2'
  | 'simspaceweaver'
  | 'snowDeviceManagement'
  | 'snowball'
  | 'sns'
  | 'socialmessaging'
  | 'sqs'
  | 'ssm'
  | 'ssmContacts'
  | 'ssmGuiconnect'
  | 'ssmIncidents'
  | 'ssmQuicksetup'
  | 'ssmSap'
  | 'sso'
  | 'ssoAdmin'
  | 'ssoOidc'
  | 'storageGateway'
  | 'sts'
  | 'supplychain'
  | 'support'
  | 'supportApp'
  | 'sustainability'
  | 'swf'
  | 'synthetics'
  | 'taxsettings'
  | 'textract'
  | 'timestreamInfluxdb'
  | 'timestreamQuery'
  | 'timestreamWrite'
  | 'tnb'
  | 'transcribe'
  | 'transfer'
  | 'translate'
  | 'trustedadvisor'
  | 'uxc'
  | 'verifiedpermissions'
  | 'voiceId'
  | 'vpcLattice'
  | 'waf'
  | 'wafRegional'
  | 'wafv2'
  | 'wellarchitected'
  | 'wickr'
  | 'wisdom'
  | 'workdocs'
  | 'workmail'
  | 'workmailmessageflow'
  | 'workspaces'
  | 'workspacesInstances'
  | 'workspacesThinClient'
  | 'workspacesWeb'
  | 'xray';

/** What boto3 and boto_session_manager call a service where it is not its {@link ServiceName}. */
export interface ServiceAliases {
  readonly 'acm-pca': 'acmPca';
  readonly acmpca: 'acmPca';
  readonly agentsforbedrock: 'bedrockAgent';
  readonly agentsforbedrockruntime: 'bedrockAgentRuntime';
  readonly agreementservice: 'marketplaceAgreement';
  readonly apigateway: 'apiGateway';
  readonly appintegrationsservice: 'appintegrations';
  readonly 'application-autoscaling': 'applicationAutoScaling';
  readonly 'application-insights': 'applicationInsights';
  readonly 'application-signals': 'applicationSignals';
  readonly applicationautoscaling: 'applicationAutoScaling';
  readonly applicationdiscoveryservice: 'applicationDiscoveryService';
  readonly applicationinsights: 'applicationInsights';
  readonly appmesh: 'appMesh';
  readonly appregistry: 'serviceCatalogAppregistry';
  readonly 'arc-region-switch': 'arcRegionSwitch';
  readonly 'arc-zonal-shift': 'arcZonalShift';
  readonly arcregionswitch: 'arcRegionSwitch';
  readonly arczonalshift: 'arcZonalShift';
  readonly augmentedairuntime: 'sagemakerA2iRuntime';
  readonly auroradsql: 'dsql';
  readonly autoscaling: 'autoScaling';
  readonly 'autoscaling-plans': 'autoScalingPlans';
  readonly autoscalingplans: 'autoScalingPlans';
  readonly 'backup-gateway': 'backupGateway';
  readonly backupgateway: 'backupGateway';
  readonly 'bcm-dashboards': 'bcmDashboards';
  readonly 'bcm-data-exports': 'bcmDataExports';
  readonly 'bcm-pricing-calculator': 'bcmPricingCalculator';
  readonly 'bcm-recommended-actions': 'bcmRecommendedActions';
  readonly 'bedrock-agent': 'bedrockAgent';
  readonly 'bedrock-agent-runtime': 'bedrockAgentRuntime';
  readonly 'bedrock-agentcore': 'bedrockAgentcore';
  readonly 'bedrock-agentcore-control': 'bedrockAgentcoreControl';
  readonly 'bedrock-data-automation': 'bedrockDataAutomation';
  readonly 'bedrock-data-automation-runtime': 'bedrockDataAutomationRuntime';
  readonly 'bedrock-runtime': 'bedrockRuntime';
  readonly bedrockagentcore: 'bedrockAgentcore';
  readonly bedrockagentcorecontrol: 'bedrockAgentcoreControl';
  readonly bedrockruntime: 'bedrockRuntime';
  readonly billingandcostmanagementdashboards: 'bcmDashboards';
  readonly billingandcostmanagementdataexports: 'bcmDataExports';
  readonly billingandcostmanagementpricingcalculator: 'bcmPricingCalculator';
  readonly billingandcostmanagementrecommendedactions: 'bcmRecommendedActions';
  readonly ce: 'costExplorer';
  readonly 'chime-sdk-identity': 'chimeSdkIdentity';
  readonly 'chime-sdk-media-pipelines': 'chimeSdkMediaPipelines';
  readonly 'chime-sdk-meetings': 'chimeSdkMeetings';
  readonly 'chime-sdk-messaging': 'chimeSdkMessaging';
  readonly 'chime-sdk-voice': 'chimeSdkVoice';
  readonly chimesdkidentity: 'chimeSdkIdentity';
  readonly chimesdkmediapipelines: 'chimeSdkMediaPipelines';
  readonly chimesdkmeetings: 'chimeSdkMeetings';
  readonly chimesdkmessaging: 'chimeSdkMessaging';
  readonly chimesdkvoice: 'chimeSdkVoice';
  readonly cleanroomsservice: 'cleanrooms';
  readonly cloudcontrolapi: 'cloudcontrol';
  readonly 'cloudfront-keyvaluestore': 'cloudfrontKeyvaluestore';
  readonly cloudfrontkeyvaluestore: 'cloudfrontKeyvaluestore';
  readonly cloudhsmv2: 'cloudhsmV2';
  readonly cloudsearchdomain: 'cloudsearchDomain';
  readonly 'cloudtrail-data': 'cloudtrailData';
  readonly cloudtraildataservice: 'cloudtrailData';
  readonly cloudwatchapplicationsignals: 'applicationSignals';
  readonly cloudwatchinternetmonitor: 'internetmonitor';
  readonly cloudwatchlogs: 'cloudwatchLogs';
  readonly cloudwatchnetworkmonitor: 'networkmonitor';
  readonly cloudwatchobservabilityaccessmanager: 'oam';
  readonly cloudwatchobservabilityadminservice: 'observabilityadmin';
  readonly cloudwatchrum: 'rum';
  readonly 'codeguru-reviewer': 'codeguruReviewer';
  readonly 'codeguru-security': 'codeguruSecurity';
  readonly codegurureviewer: 'codeguruReviewer';
  readonly codegurusecurity: 'codeguruSecurity';
  readonly 'codestar-connections': 'codestarConnections';
  readonly 'codestar-notifications': 'codestarNotifications';
  readonly codestarconnections: 'codestarConnections';
  readonly codestarnotifications: 'codestarNotifications';
  readonly 'cognito-identity': 'cognitoIdentity';
  readonly 'cognito-idp': 'cognitoIdentityProvider';
  readonly 'cognito-sync': 'cognitoSync';
  readonly cognitoidentity: 'cognitoIdentity';
  readonly cognitoidentityprovider: 'cognitoIdentityProvider';
  readonly cognitosync: 'cognitoSync';
  readonly 'compute-optimizer': 'computeOptimizer';
  readonly 'compute-optimizer-automation': 'computeOptimizerAutomation';
  readonly computeoptimizer: 'computeOptimizer';
  readonly computeoptimizerautomation: 'computeOptimizerAutomation';
  readonly config: 'configService';
  readonly configservice: 'configService';
  readonly 'connect-contact-lens': 'connectContactLens';
  readonly connectcampaignservice: 'connectcampaigns';
  readonly connectcampaignservicev2: 'connectcampaignsv2';
  readonly connectcontactlens: 'connectContactLens';
  readonly connectwisdomservice: 'wisdom';
  readonly 'cost-optimization-hub': 'costOptimizationHub';
  readonly costandusagereportservice: 'costAndUsageReportService';
  readonly costexplorer: 'costExplorer';
  readonly costoptimizationhub: 'costOptimizationHub';
  readonly cur: 'costAndUsageReportService';
  readonly 'customer-profiles': 'customerProfiles';
  readonly customerprofiles: 'customerProfiles';
  readonly dataautomationforbedrock: 'bedrockDataAutomation';
  readonly databasemigrationservice: 'databaseMigrationService';
  readonly datapipeline: 'dataPipeline';
  readonly deadlinecloud: 'deadline';
  readonly devicefarm: 'deviceFarm';
  readonly 'devops-agent': 'devopsAgent';
  readonly 'devops-guru': 'devopsGuru';
  readonly devopsagentservice: 'devopsAgent';
  readonly devopsguru: 'devopsGuru';
  readonly directconnect: 'directConnect';
  readonly directoryservice: 'directoryService';
  readonly directoryservicedata: 'directoryServiceData';
  readonly discovery: 'applicationDiscoveryService';
  readonly dms: 'databaseMigrationService';
  readonly 'docdb-elastic': 'docdbElastic';
  readonly docdbelastic: 'docdbElastic';
  readonly ds: 'directoryService';
  readonly 'ds-data': 'directoryServiceData';
  readonly dynamodbstreams: 'dynamodbStreams';
  readonly 'ec2-instance-connect': 'ec2InstanceConnect';
  readonly ec2instanceconnect: 'ec2InstanceConnect';
  readonly 'ecr-public': 'ecrPublic';
  readonly ecrpublic: 'ecrPublic';
  readonly 'eks-auth': 'eksAuth';
  readonly eksauth: 'eksAuth';
  readonly elasticbeanstalk: 'elasticBeanstalk';
  readonly elasticloadbalancing: 'elasticLoadBalancing';
  readonly elasticloadbalancingv2: 'elasticLoadBalancingV2';
  readonly elasticsearchservice: 'elasticsearchService';
  readonly elb: 'elasticLoadBalancing';
  readonly elbv2: 'elasticLoadBalancingV2';
  readonly 'emr-containers': 'emrContainers';
  readonly 'emr-serverless': 'emrServerless';
  readonly emrcontainers: 'emrContainers';
  readonly emrserverless: 'emrServerless';
  readonly endusermessagingsocial: 'socialmessaging';
  readonly es: 'elasticsearchService';
  readonly eventbridgepipes: 'pipes';
  readonly eventbridgescheduler: 'scheduler';
  readonly events: 'eventbridge';
  readonly 'finspace-data': 'finspaceData';
  readonly finspacedata: 'finspaceData';
  readonly forecastqueryservice: 'forecastquery';
  readonly forecastservice: 'forecast';
  readonly 'geo-maps': 'geoMaps';
  readonly 'geo-places': 'geoPlaces';
  readonly 'geo-routes': 'geoRoutes';
  readonly globalaccelerator: 'globalAccelerator';
  readonly gluedatabrew: 'databrew';
  readonly healthimaging: 'medicalImaging';
  readonly iamrolesanywhere: 'rolesanywhere';
  readonly 'inspector-scan': 'inspectorScan';
  readonly inspectorscan: 'inspectorScan';
  readonly 'iot-data': 'iotDataPlane';
  readonly 'iot-jobs-data': 'iotJobsDataPlane';
  readonly 'iot-managed-integrations': 'iotManagedIntegrations';
  readonly iotdataplane: 'iotDataPlane';
  readonly iotevents: 'iotEvents';
  readonly 'iotevents-data': 'iotEventsData';
  readonly ioteventsdata: 'iotEventsData';
  readonly iotjobsdataplane: 'iotJobsDataPlane';
  readonly iotwireless: 'iotWireless';
  readonly 'ivs-realtime': 'ivsRealtime';
  readonly ivsrealtime: 'ivsRealtime';
  readonly 'kendra-ranking': 'kendraRanking';
  readonly kendraranking: 'kendraRanking';
  readonly 'kinesis-video-archived-media': 'kinesisVideoArchivedMedia';
  readonly 'kinesis-video-media': 'kinesisVideoMedia';
  readonly 'kinesis-video-signaling': 'kinesisVideoSignaling';
  readonly 'kinesis-video-webrtc-storage': 'kinesisVideoWebrtcStorage';
  readonly kinesisanalytics: 'kinesisAnalytics';
  readonly kinesisanalyticsv2: 'kinesisAnalyticsV2';
  readonly kinesisvideo: 'kinesisVideo';
  readonly kinesisvideoarchivedmedia: 'kinesisVideoArchivedMedia';
  readonly kinesisvideomedia: 'kinesisVideoMedia';
  readonly kinesisvideosignalingchannels: 'kinesisVideoSignaling';
  readonly kinesisvideowebrtcstorage: 'kinesisVideoWebrtcStorage';
  readonly 'launch-wizard': 'launchWizard';
  readonly launchwizard: 'launchWizard';
  readonly 'lex-models': 'lexModelBuildingService';
  readonly 'lex-runtime': 'lexRuntimeService';
  readonly lexmodelbuildingservice: 'lexModelBuildingService';
  readonly lexmodelsv2: 'lexModelsV2';
  readonly lexruntimeservice: 'lexRuntimeService';
  readonly lexruntimev2: 'lexRuntimeV2';
  readonly 'lexv2-models': 'lexModelsV2';
  readonly 'lexv2-runtime': 'lexRuntimeV2';
  readonly 'license-manager': 'licenseManager';
  readonly 'license-manager-linux-subscriptions': 'licenseManagerLinuxSubscriptions';
  readonly 'license-manager-user-subscriptions': 'licenseManagerUserSubscriptions';
  readonly licensemanager: 'licenseManager';
  readonly licensemanagerlinuxsubscriptions: 'licenseManagerLinuxSubscriptions';
  readonly licensemanagerusersubscriptions: 'licenseManagerUserSubscriptions';
  readonly locationservice: 'location';
  readonly locationservicemapsv2: 'geoMaps';
  readonly locationserviceplacesv2: 'geoPlaces';
  readonly locationserviceroutesv2: 'geoRoutes';
  readonly logs: 'cloudwatchLogs';
  readonly machinelearning: 'machineLearning';
  readonly mainframemodernization: 'm2';
  readonly 'managedblockchain-query': 'managedblockchainQuery';
  readonly managedblockchainquery: 'managedblockchainQuery';
  readonly managedgrafana: 'grafana';
  readonly managedintegrationsforiotdevicemanagement: 'iotManagedIntegrations';
  readonly 'marketplace-agreement': 'marketplaceAgreement';
  readonly 'marketplace-catalog': 'marketplaceCatalog';
  readonly 'marketplace-deployment': 'marketplaceDeployment';
  readonly 'marketplace-discovery': 'marketplaceDiscovery';
  readonly 'marketplace-entitlement': 'marketplaceEntitlementService';
  readonly 'marketplace-reporting': 'marketplaceReporting';
  readonly marketplacecatalog: 'marketplaceCatalog';
  readonly marketplacecommerceanalytics: 'marketplaceCommerceAnalytics';
  readonly marketplacedeploymentservice: 'marketplaceDeployment';
  readonly marketplacediscovery: 'marketplaceDiscovery';
  readonly marketplaceentitlementservice: 'marketplaceEntitlementService';
  readonly marketplacemetering: 'marketplaceMetering';
  readonly marketplacereportingservice: 'marketplaceReporting';
  readonly 'mediapackage-vod': 'mediapackageVod';
  readonly mediapackagevod: 'mediapackageVod';
  readonly 'mediastore-data': 'mediastoreData';
  readonly mediastoredata: 'mediastoreData';
  readonly 'medical-imaging': 'medicalImaging';
  readonly meteringmarketplace: 'marketplaceMetering';
  readonly mgh: 'migrationHub';
  readonly 'migration-hub-refactor-spaces': 'migrationHubRefactorSpaces';
  readonly migrationhub: 'migrationHub';
  readonly 'migrationhub-config': 'migrationhubConfig';
  readonly migrationhubconfig: 'migrationhubConfig';
  readonly migrationhubrefactorspaces: 'migrationHubRefactorSpaces';
  readonly migrationhubstrategyrecommendations: 'migrationhubstrategy';
  readonly multipartyapproval: 'mpa';
  readonly 'mwaa-serverless': 'mwaaServerless';
  readonly mwaaserverless: 'mwaaServerless';
  readonly 'neptune-graph': 'neptuneGraph';
  readonly neptunegraph: 'neptuneGraph';
  readonly 'network-firewall': 'networkFirewall';
  readonly networkfirewall: 'networkFirewall';
  readonly 'nova-act': 'novaAct';
  readonly novaactservice: 'novaAct';
  readonly opensearchingestion: 'osis';
  readonly opensearchservice: 'opensearch';
  readonly opensearchserviceserverless: 'opensearchserverless';
  readonly parallelcomputingservice: 'pcs';
  readonly 'partnercentral-account': 'partnercentralAccount';
  readonly 'partnercentral-benefits': 'partnercentralBenefits';
  readonly 'partnercentral-channel': 'partnercentralChannel';
  readonly 'partnercentral-selling': 'partnercentralSelling';
  readonly partnercentralaccountapi: 'partnercentralAccount';
  readonly partnercentralbenefits: 'partnercentralBenefits';
  readonly partnercentralchannelapi: 'partnercentralChannel';
  readonly partnercentralsellingapi: 'partnercentralSelling';
  readonly 'payment-cryptography': 'paymentCryptography';
  readonly 'payment-cryptography-data': 'paymentCryptographyData';
  readonly paymentcryptographycontrolplane: 'paymentCryptography';
  readonly paymentcryptographydataplane: 'paymentCryptographyData';
  readonly 'pca-connector-ad': 'pcaConnectorAd';
  readonly 'pca-connector-scep': 'pcaConnectorScep';
  readonly pcaconnectorad: 'pcaConnectorAd';
  readonly 'personalize-events': 'personalizeEvents';
  readonly 'personalize-runtime': 'personalizeRuntime';
  readonly personalizeevents: 'personalizeEvents';
  readonly personalizeruntime: 'personalizeRuntime';
  readonly 'pinpoint-email': 'pinpointEmail';
  readonly 'pinpoint-sms-voice': 'pinpointSmsVoice';
  readonly 'pinpoint-sms-voice-v2': 'pinpointSmsVoiceV2';
  readonly pinpointemail: 'pinpointEmail';
  readonly pinpointsmsvoice: 'pinpointSmsVoice';
  readonly pinpointsmsvoicev2: 'pinpointSmsVoiceV2';
  readonly privatecaconnectorforscep: 'pcaConnectorScep';
  readonly prometheusservice: 'amp';
  readonly 'rds-data': 'rdsData';
  readonly rdsdataservice: 'rdsData';
  readonly recyclebin: 'rbin';
  readonly 'redshift-data': 'redshiftData';
  readonly 'redshift-serverless': 'redshiftServerless';
  readonly redshiftdataapiservice: 'redshiftData';
  readonly redshiftserverless: 'redshiftServerless';
  readonly repostprivate: 'repostspace';
  readonly 'resource-explorer-2': 'resourceExplorer2';
  readonly 'resource-groups': 'resourceGroups';
  readonly resourceexplorer: 'resourceExplorer2';
  readonly resourcegroups: 'resourceGroups';
  readonly resourcegroupstaggingapi: 'resourceGroupsTaggingApi';
  readonly 'route53-recovery-cluster': 'route53RecoveryCluster';
  readonly 'route53-recovery-control-config': 'route53RecoveryControlConfig';
  readonly 'route53-recovery-readiness': 'route53RecoveryReadiness';
  readonly route53domains: 'route53Domains';
  readonly route53recoverycluster: 'route53RecoveryCluster';
  readonly route53recoverycontrolconfig: 'route53RecoveryControlConfig';
  readonly route53recoveryreadiness: 'route53RecoveryReadiness';
  readonly runtimeforbedrockdataautomation: 'bedrockDataAutomationRuntime';
  readonly s3control: 's3Control';
  readonly 'sagemaker-a2i-runtime': 'sagemakerA2iRuntime';
  readonly 'sagemaker-edge': 'sagemakerEdge';
  readonly 'sagemaker-featurestore-runtime': 'sagemakerFeaturestoreRuntime';
  readonly 'sagemaker-geospatial': 'sagemakerGeospatial';
  readonly 'sagemaker-metrics': 'sagemakerMetrics';
  readonly 'sagemaker-runtime': 'sagemakerRuntime';
  readonly sagemakeredgemanager: 'sagemakerEdge';
  readonly sagemakerfeaturestoreruntime: 'sagemakerFeaturestoreRuntime';
  readonly sagemakergeospatialcapabilities: 'sagemakerGeospatial';
  readonly sagemakermetrics: 'sagemakerMetrics';
  readonly sagemakerruntime: 'sagemakerRuntime';
  readonly sdb: 'simpledb';
  readonly secretsmanager: 'secretsManager';
  readonly 'security-ir': 'securityIr';
  readonly securityincidentresponse: 'securityIr';
  readonly serverlessrepo: 'serverlessapplicationrepository';
  readonly 'service-quotas': 'serviceQuotas';
  readonly servicecatalog: 'serviceCatalog';
  readonly 'servicecatalog-appregistry': 'serviceCatalogAppregistry';
  readonly servicequotas: 'serviceQuotas';
  readonly 'signer-data': 'signerData';
  readonly signerdataplane: 'signerData';
  readonly signinservice: 'signin';
  readonly 'sms-voice': 'pinpointSmsVoice';
  readonly 'snow-device-management': 'snowDeviceManagement';
  readonly snowdevicemanagement: 'snowDeviceManagement';
  readonly 'ssm-contacts': 'ssmContacts';
  readonly 'ssm-guiconnect': 'ssmGuiconnect';
  readonly 'ssm-incidents': 'ssmIncidents';
  readonly 'ssm-quicksetup': 'ssmQuicksetup';
  readonly 'ssm-sap': 'ssmSap';
  readonly ssmcontacts: 'ssmContacts';
  readonly ssmguiconnect: 'ssmGuiconnect';
  readonly ssmincidents: 'ssmIncidents';
  readonly ssmsap: 'ssmSap';
  readonly 'sso-admin': 'ssoAdmin';
  readonly 'sso-oidc': 'ssoOidc';
  readonly ssoadmin: 'ssoAdmin';
  readonly ssooidc: 'ssoOidc';
  readonly stepfunctions: 'sfn';
  readonly storagegateway: 'storageGateway';
  readonly 'support-app': 'supportApp';
  readonly supportapp: 'supportApp';
  readonly systemsmanagerquicksetup: 'ssmQuicksetup';
  readonly telconetworkbuilder: 'tnb';
  readonly 'timestream-influxdb': 'timestreamInfluxdb';
  readonly 'timestream-query': 'timestreamQuery';
  readonly 'timestream-write': 'timestreamWrite';
  readonly timestreaminfluxdb: 'timestreamInfluxdb';
  readonly timestreamquery: 'timestreamQuery';
  readonly timestreamwrite: 'timestreamWrite';
  readonly transcribeservice: 'transcribe';
  readonly trustedadvisorpublicapi: 'trustedadvisor';
  readonly userexperiencecustomization: 'uxc';
  readonly usernotifications: 'notifications';
  readonly usernotificationscontacts: 'notificationscontacts';
  readonly 'voice-id': 'voiceId';
  readonly voiceid: 'voiceId';
  readonly 'vpc-lattice': 'vpcLattice';
  readonly vpclattice: 'vpcLattice';
  readonly 'waf-regional': 'wafRegional';
  readonly wafregional: 'wafRegional';
  readonly wickradminapi: 'wickr';
  readonly 'workspaces-instances': 'workspacesInstances';
  readonly 'workspaces-thin-client': 'workspacesThinClient';
  readonly 'workspaces-web': 'workspacesWeb';
  readonly workspacesinstances: 'workspacesInstances';
  readonly workspacesthinclient: 'workspacesThinClient';
  readonly workspacesweb: 'workspacesWeb';
}
